package dev.serai.usage;

import java.nio.charset.StandardCharsets;

/** What PostgreSQL and the event log take as a name. */
final class Texts {

  private Texts() {}

  /**
   * @throws IllegalArgumentException naming the member whose text can't be stored
   */
  static void require(String member, String text, int least, int most) {
    if (text.length() < least
        || text.indexOf('\0') >= 0
        || !StandardCharsets.UTF_8.newEncoder().canEncode(text)
        || text.getBytes(StandardCharsets.UTF_8).length > most) {
      throw new IllegalArgumentException(
          "'%s' must be a text of %s to %s bytes without the character U+0000"
              .formatted(member, least, most));
    }
  }
}
