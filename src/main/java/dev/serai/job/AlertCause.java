package dev.serai.job;

import java.util.Arrays;

/** What may be wrong with a job. */
enum AlertCause implements Word {
  /** Slots have passed, and no hub has made a run of them in time. */
  MISSED,
  /** A run has not begun in time. */
  LATE,
  /** No run has succeeded in time. */
  OVERDUE;

  static AlertCause of(String word) {
    return Word.find(values(), word)
        .orElseThrow(() -> new IllegalStateException(word + " of " + Arrays.toString(values())));
  }
}
