package dev.serai.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes of a slot while a run of the same job is open. */
enum Overlap {
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

  /** The word in options, tables and the API. */
  String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<String> words() {
    return Arrays.stream(values()).map(Overlap::word).toList();
  }

  static Overlap of(String word) {
    return Arrays.stream(values())
        .filter(value -> value.word().equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "job: option 'overlap' is '%s'; it must be one of %s"
                        .formatted(word, words())));
  }
}
