package dev.serai.job;

import java.util.Arrays;
import java.util.Locale;

/** What becomes of local times that do not exist, because the clock is put forward over them. */
enum Gap {
  /** They are due at the first moment after the gap, once for all of them. */
  RUN,
  /** They are left out. */
  SKIP;

  /** By the word in options; empty for the default. */
  static Gap of(String word) {
    String name = word.isBlank() ? "run" : word;
    return Arrays.stream(values())
        .filter(value -> value.word().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "job: option 'gap' is '%s'; it must be run or skip".formatted(word)));
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
