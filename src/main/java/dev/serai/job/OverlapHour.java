package dev.serai.job;

/** Which of two moments a local time means that comes twice, because the clock is put back. */
enum OverlapHour implements Word {
  /** The one before the clock is put back. */
  FIRST,
  /** The one after. */
  SECOND,
  /** Both, as two slots. */
  BOTH;

  /** By the word in options; empty for the default. */
  static OverlapHour of(String word) {
    String name = word.isBlank() ? "first" : word;
    return Word.find(values(), name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "job: option 'overlapHour' is '%s'; it must be first, second or both"
                        .formatted(word)));
  }
}
