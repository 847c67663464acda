package dev.serai.cloud.topic;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message of a topic, within the limits of Pub/Sub. A local one is the data of an event, written
 * so that people can read it: {@code text} if it is text, else {@code base64}.
 *
 * @param orderingKey what orders it; empty for no order
 * @param id Pub/Sub's; null for a local one, whose id is that of its event
 */
record TopicMessage(
    byte[] data, Map<String, String> attributes, String orderingKey, @Nullable String id) {

  /** The attribute with the media type of the data, as CloudEvents names it for Pub/Sub. */
  static final String CONTENT_TYPE = "content-type";

  /** The attribute with the dedupe key; only hubs know it, and take it away. */
  static final String KEY = "serai-key";

  /** One of a hub's own may come to these of a route, if there is room. */
  static final int MOST_ATTRIBUTES = 100;

  private static final int LONGEST_NAME = 256;
  private static final int LONGEST_VALUE = 1024;
  private static final int LONGEST_SUBJECT = 512;
  private static final int LONGEST_MESSAGE = 10_000_000;
  private static final ObjectMapper JSON = new ObjectMapper();

  TopicMessage {
    attributes = Map.copyOf(attributes);
  }

  /**
   * One that is about to be published.
   *
   * @throws IllegalArgumentException naming the part that Pub/Sub would refuse, and the limit
   */
  static TopicMessage published(byte[] data, Map<String, String> attributes, String orderingKey) {
    require(
        data.length > 0 || !attributes.isEmpty(),
        "a message with neither a body nor attributes",
        "one of them at least");
    require(
        attributes.size() <= MOST_ATTRIBUTES,
        "%s attributes".formatted(attributes.size()),
        "%s at most".formatted(MOST_ATTRIBUTES));
    int size = data.length;
    for (Map.Entry<String, String> attribute : attributes.entrySet()) {
      String name = attribute.getKey();
      int bytes = bytes(name);
      int valueBytes = bytes(attribute.getValue());
      size += bytes + valueBytes;
      require(
          bytes > 0 && bytes <= LONGEST_NAME && !name.startsWith("goog"),
          "the attribute '%s'".formatted(name.length() > 80 ? name.substring(0, 80) : name),
          "names of 1 to %s bytes that don't begin with 'goog'".formatted(LONGEST_NAME));
      require(
          valueBytes <= LONGEST_VALUE,
          "the attribute '%s' with %s bytes".formatted(name, valueBytes),
          "%s bytes at most".formatted(LONGEST_VALUE));
    }
    require(
        bytes(orderingKey) <= LONGEST_VALUE,
        "an ordering key of %s bytes".formatted(bytes(orderingKey)),
        "%s bytes at most".formatted(LONGEST_VALUE));
    require(
        size <= LONGEST_MESSAGE,
        "a message of %s bytes".formatted(size),
        "%s bytes at most, with its attributes".formatted(LONGEST_MESSAGE));
    return new TopicMessage(data, attributes, orderingKey, null);
  }

  private static void require(boolean condition, String what, String limit) {
    if (!condition) {
      throw new IllegalArgumentException(
          "topic-publish: there is %s; a topic takes %s".formatted(what, limit));
    }
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /** The data as text, or null where it is none. */
  @Nullable String text() {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(data)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** The ordering key, or its hash where it can't be an event's subject. */
  String orderedBy() {
    byte[] bytes = orderingKey.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= LONGEST_SUBJECT && orderingKey.indexOf(0) < 0) {
      return orderingKey;
    }
    return "sha256:" + StepKey.hash(bytes);
  }

  /** The data of the event that it is. */
  byte[] json() throws IOException {
    String text = text();
    return JSON.writeValueAsBytes(
        new Envelope(id, attributes, orderingKey, text, text == null ? data : null));
  }

  static TopicMessage parse(String json) throws IOException {
    Envelope envelope = JSON.readValue(json, Envelope.class);
    String text = envelope.text;
    byte[] data = text == null ? envelope.base64 : text.getBytes(StandardCharsets.UTF_8);
    return new TopicMessage(
        data == null ? new byte[0] : data, envelope.attributes, envelope.orderingKey, envelope.id);
  }

  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Envelope(
      @JsonProperty("message_id") @Nullable String id,
      Map<String, String> attributes,
      @JsonProperty("ordering_key") String orderingKey,
      @Nullable String text,
      byte @Nullable [] base64) {}
}
