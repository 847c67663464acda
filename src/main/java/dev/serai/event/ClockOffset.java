package dev.serai.event;

import java.time.Duration;

/** How this machine's clock compares with the database's, by which the hub goes. */
public interface ClockOffset {

  /** How far the database's time is ahead of this machine's. */
  Duration offset();

  /** Whether an operator may leave the machine's clock as it is. */
  boolean isTolerable();
}
