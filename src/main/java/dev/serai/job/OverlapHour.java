package dev.serai.job;

import java.util.Arrays;
import java.util.Locale;

/** Which of two moments a local time means that comes twice, because the clock is put back. */
enum OverlapHour {
  /** The one before the clock is put back. */
  FIRST,
  /** The one after. */
  SECOND,
  /** Both, as two slots. */
  BOTH;

  /** By the word in options; empty for the default. */
  static OverlapHour of(String word) {
    String name = word.isBlank() ? "first" : word;
    return Arrays.stream(values())
        .filter(value -> value.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "job: option 'overlapHour' is '%s'; it must be first, second or both"
                        .formatted(word)));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
