package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Base64;

/**
 * An event as the hub streams it, or only a place in the stream.
 *
 * @param cursor where to go on behind it
 * @param body as the hub received it, byte for byte
 * @param sensitive whether the hub keeps its body to itself
 */
record StreamedEvent(
    String cursor,
    String id,
    String source,
    String type,
    String contentType,
    byte[] body,
    boolean sensitive) {

  static StreamedEvent of(String cursor, String data) throws IOException {
    JsonNode event = ApiClient.JSON.readTree(data);
    return new StreamedEvent(
        cursor,
        event.path("id").asText(),
        event.path("source").asText(),
        event.path("type").asText(),
        event.path("content_type").asText(),
        Base64.getDecoder().decode(event.path("body_b64").asText()),
        event.path("sensitive").asBoolean());
  }

  /** Nothing happened up to here. */
  static StreamedEvent place(String cursor) {
    return new StreamedEvent(cursor, "", "", "", "", new byte[0], false);
  }

  boolean isPlace() {
    return id.isEmpty();
  }
}
