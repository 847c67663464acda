package dev.serai.job;

/** What becomes of slots that no hub was there for. */
enum CatchUp implements Word {
  /** They are given up. */
  NONE,
  /** The last of them is run. */
  ONCE,
  /** All of them are run. */
  ALL,
  /** Those of the last while are run: see option {@code catchUpWindow}. */
  WINDOW;

  static CatchUp of(String word) {
    return Word.find(values(), word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "job: option 'catchUp' is '%s'; it must be one of %s"
                        .formatted(word, Word.words(values()))));
  }
}
