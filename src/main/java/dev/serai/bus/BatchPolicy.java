package dev.serai.bus;

import java.time.Duration;

/**
 * How many events a route takes at a time.
 *
 * @param size the most; 1 for no batches
 * @param within how long the first waits for others
 */
record BatchPolicy(int size, Duration within) {

  /** One at a time. */
  static final BatchPolicy NONE = new BatchPolicy(1, Duration.ZERO);

  /**
   * What has failed so often in company is handled alone: one of them may be what fails the others.
   */
  private static final int ATTEMPTS_IN_COMPANY = 2;

  boolean isSet() {
    return size > 1;
  }

  boolean inCompany(int attempt) {
    return attempt <= ATTEMPTS_IN_COMPANY;
  }
}
