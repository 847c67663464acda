package dev.serai.job;

/** What becomes of local times that do not exist, because the clock is put forward over them. */
enum Gap implements Word {
  /** They are due at the first moment after the gap, once for all of them. */
  RUN,
  /** They are left out. */
  SKIP;

  /** By the word in options; empty for the default. */
  static Gap of(String word) {
    String name = word.isBlank() ? "run" : word;
    return Word.find(values(), name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "job: option 'gap' is '%s'; it must be run or skip".formatted(word)));
  }
}
