package dev.serai.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of slots that no hub was there for. */
enum CatchUp {
  /** They are given up. */
  NONE,
  /** The last of them is run. */
  ONCE,
  /** All of them are run. */
  ALL,
  /** Those of the last while are run: see option {@code catchUpWindow}. */
  WINDOW;

  /** The word in options, tables and the API. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static List<String> words() {
    return Arrays.stream(values()).map(CatchUp::word).toList();
  }

  static CatchUp of(String word) {
    return Arrays.stream(values())
        .filter(value -> value.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "job: option 'catchUp' is '%s'; it must be one of %s"
                        .formatted(word, words())));
  }
}
