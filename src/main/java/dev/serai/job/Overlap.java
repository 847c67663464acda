package dev.serai.job;

/** What becomes of a slot while a run of the same job is open. */
enum Overlap implements Word {
  /** The new run is recorded as skipped. */
  SKIP,
  /** The new run waits, and one that waits already is recorded as skipped. */
  QUEUE_ONE,
  /** The new run waits behind all others. */
  QUEUE_ALL,
  /** The open runs are cancelled, and the new one begins when they have ended. */
  CANCEL,
  /** They run side by side. */
  ALLOW;

  static Overlap of(String word) {
    return Word.find(values(), word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "job: option 'overlap' is '%s'; it must be one of %s"
                        .formatted(word, Word.words(values()))));
  }
}
