package dev.serai.route.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** What somebody may have meant who wrote something unknown. */
final class Similar {

  private Similar() {}

  /** The nearest of the known names as a question, or nothing when none is near. */
  static String hint(String unknown, Collection<String> known) {
    Optional<String> nearest =
        known.stream()
            .min(
                Comparator.comparingInt((String name) -> distance(unknown, name))
                    .thenComparing(Comparator.naturalOrder()));
    return nearest
        .filter(name -> distance(unknown, name) <= Math.max(2, unknown.length() / 3))
        .map("; did you mean '%s'?"::formatted)
        .orElse("");
  }

  /** How many letters must be typed, deleted or replaced (Levenshtein). */
  private static int distance(String a, String b) {
    String left = a.toLowerCase(Locale.ROOT);
    String right = b.toLowerCase(Locale.ROOT);
    int[] row = new int[right.length() + 1];
    for (int j = 0; j <= right.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= right.length(); j++) {
        int replaced = diagonal + (left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
