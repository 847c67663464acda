package dev.serai.job;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A constant that options, tables and the API name by a word: {@code queue-one} for QUEUE_ONE. */
interface Word {

  String name();

  default String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static <W extends Word> Optional<W> find(W[] values, String word) {
    return Arrays.stream(values).filter(value -> value.word().equals(word)).findFirst();
  }

  static List<String> words(Word[] values) {
    return Arrays.stream(values).map(Word::word).toList();
  }
}
