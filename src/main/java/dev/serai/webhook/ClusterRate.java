package dev.serai.webhook;

import java.util.Optional;

/**
 * Counts the requests of a source over all hubs. The door stands without it: it is given by the
 * program.
 */
@FunctionalInterface
public interface ClusterRate {

  /**
   * Counts a request if it is allowed.
   *
   * @param rate requests a second
   * @param burst most at once
   * @return empty when it can't be counted now, and this hub must judge alone
   */
  Optional<Boolean> admits(String source, int rate, int burst);
}
