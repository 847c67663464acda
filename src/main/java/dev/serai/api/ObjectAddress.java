package dev.serai.api;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The address of an object as it was sent: what the web server makes of a path is not what was
 * signed.
 *
 * @param bucket the first part behind /objects/
 * @param name all that follows
 * @param query the parameters
 */
record ObjectAddress(String bucket, String name, Map<String, String> query) {

  static final String PATH = "/objects/";

  /**
   * @throws IllegalArgumentException if it is no such address
   */
  static ObjectAddress of(String path, @Nullable String query) {
    int slash = path.indexOf('/', PATH.length());
    if (!path.startsWith(PATH) || slash < 0) {
      throw new IllegalArgumentException("The path must be /objects/, a bucket, / and a name");
    }
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String item : query == null ? new String[0] : query.split("&", -1)) {
      int equals = item.indexOf('=');
      if (equals > 0) {
        String value = decoded(item.substring(equals + 1));
        if (parameters.put(item.substring(0, equals), value) != null) {
          throw new IllegalArgumentException("A parameter stands twice in the address");
        }
      }
    }
    return new ObjectAddress(
        decoded(path.substring(PATH.length(), slash)),
        decoded(path.substring(slash + 1)),
        parameters);
  }

  private static String decoded(String text) {
    byte[] bytes = new byte[text.length()];
    int length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' && i + 2 < text.length()) {
        bytes[length++] = (byte) Integer.parseInt(text, i + 1, i + 3, 16);
        i += 2;
      } else if (c > ' ' && c < 127 && c != '%') {
        bytes[length++] = (byte) c;
      } else {
        throw new IllegalArgumentException("The address has a character that is not escaped");
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, length))
          .toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("The address is not UTF-8", e);
    }
  }
}
