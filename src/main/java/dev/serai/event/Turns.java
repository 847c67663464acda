package dev.serai.event;

import java.time.Duration;

/**
 * Which hub does what need be done once in a while, and not by each of them. It saves work and
 * promises nothing: what is done must be right also when two do it at the same time.
 */
@FunctionalInterface
public interface Turns {

  /**
   * Whether it is this hub's turn; no other has one until the time is over.
   *
   * @param work its name
   * @param time after which it is somebody's turn again
   */
  boolean take(String work, Duration time);
}
