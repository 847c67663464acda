package dev.serai.cloud;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The items of a list in a JSON answer, each as it is written there: no digit is lost. */
final class JsonItems {

  private static final JsonFactory JSON = new JsonFactory();

  private JsonItems() {}

  /**
   * @param member of the answer, an object, that has the list
   * @throws IOException if the answer is something else
   */
  static List<String> of(String answer, String member) throws IOException {
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    try (JsonParser parser = JSON.createParser(bytes)) {
      if (parser.nextToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          boolean found = parser.currentName().equals(member);
          if (parser.nextToken() == JsonToken.START_ARRAY && found) {
            return items(parser, bytes);
          }
          parser.skipChildren();
        }
      }
      throw new IOException("The answer has no list '%s'".formatted(member));
    }
  }

  private static List<String> items(JsonParser parser, byte[] bytes) throws IOException {
    List<String> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      int begin = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      parser.finishToken();
      int end = (int) parser.currentLocation().getByteOffset();
      items.add(new String(bytes, begin, end - begin, StandardCharsets.UTF_8));
    }
    return items;
  }
}
