package dev.serai.cloud.storage;

import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Which names objects may have: those that lead nowhere else, here and in a cloud. */
final class ObjectName {

  static final int LONGEST = 1_024;

  private ObjectName() {}

  /**
   * @throws ObjectRefusedException saying what is wrong with it
   */
  static void check(String name) throws ObjectRefusedException {
    require(!name.isEmpty(), name, "is empty");
    require(utf8(name) <= LONGEST, name.substring(0, Math.min(64, name.length())), "is too long");
    for (String part : name.split("/", -1)) {
      require(!part.isEmpty(), name, "has an empty part between its slashes, or around them");
      require(!part.equals(".") && !part.equals(".."), name, "has a part that is . or ..");
    }
    require(
        name.codePoints().noneMatch(c -> c == '\\' || Character.isISOControl(c)),
        name,
        "has a backslash or a control character");
  }

  private static int utf8(String name) throws ObjectRefusedException {
    try {
      ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(name));
      return bytes.remaining();
    } catch (CharacterCodingException e) {
      throw refused(name, "has half of a character");
    }
  }

  private static void require(boolean condition, String name, String problem)
      throws ObjectRefusedException {
    if (!condition) {
      throw refused(name, problem);
    }
  }

  private static ObjectRefusedException refused(String name, String problem) {
    String shown =
        name.codePoints()
            .map(
                c ->
                    Character.isISOControl(c) || Character.getType(c) == Character.SURROGATE
                        ? '?'
                        : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    return new ObjectRefusedException(
        String.join(
            " ",
            "The object's name '%s' %s;".formatted(shown, problem),
            "it must be 1 to 1024 bytes such as 2026/11/report.csv"));
  }
}
