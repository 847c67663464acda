package dev.serai.inbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event as a message of Pub/Sub, by CloudEvents' protocol binding: binary, with attributes of
 * the message, or structured, with all of it in a JSON body.
 *
 * @param attributes of the event by their names, extensions among them
 */
record CloudEvent(Map<String, String> attributes, String contentType, byte[] data) {

  private static final String PREFIX = "ce-";
  private static final String CONTENT_TYPE = "content-type";
  private static final String STRUCTURED = "application/cloudevents+json";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws IllegalArgumentException if the message is no event, saying why
   */
  static CloudEvent of(Map<?, ?> attributes, byte[] data) {
    String type = Objects.requireNonNullElse((String) attributes.get(CONTENT_TYPE), "");
    if (type.toLowerCase(Locale.ROOT).startsWith(STRUCTURED)) {
      return structured(data).checked();
    }
    Map<String, String> found = new LinkedHashMap<>();
    attributes.forEach(
        (name, value) -> {
          if (String.valueOf(name).startsWith(PREFIX)) {
            found.put(String.valueOf(name).substring(PREFIX.length()), String.valueOf(value));
          }
        });
    return new CloudEvent(found, type.isEmpty() ? "application/octet-stream" : type, data)
        .checked();
  }

  private static CloudEvent structured(byte[] body) {
    JsonNode json;
    try {
      json = JSON.readTree(body);
    } catch (IOException e) {
      throw new IllegalArgumentException("The message is said to be a CloudEvent, but no JSON", e);
    }
    Map<String, String> found = new LinkedHashMap<>();
    json.properties()
        .forEach(
            property -> {
              if (property.getValue().isValueNode() && !property.getValue().isNull()) {
                found.put(property.getKey(), property.getValue().asText());
              }
            });
    String type = Objects.requireNonNullElse(found.remove("datacontenttype"), "application/json");
    found.remove("data");
    found.remove("data_base64");
    return new CloudEvent(found, type, data(json, type));
  }

  private static byte[] data(JsonNode json, String type) {
    try {
      if (json.has("data_base64")) {
        return json.get("data_base64").binaryValue();
      }
      JsonNode data = json.path("data");
      if (data.isMissingNode()) {
        return new byte[0];
      }
      return data.isTextual() && !type.toLowerCase(Locale.ROOT).contains("json")
          ? data.textValue().getBytes(StandardCharsets.UTF_8)
          : JSON.writeValueAsBytes(data);
    } catch (IOException e) {
      throw new IllegalArgumentException("The data of the CloudEvent can't be read", e);
    }
  }

  private CloudEvent checked() {
    for (String name : new String[] {"id", "source", "type"}) {
      if (attributes.getOrDefault(name, "").isEmpty()) {
        throw new IllegalArgumentException(
            "The message is no CloudEvent: it has no '%s' (attribute ce-%s, or %s in a body of type %s)"
                .formatted(name, name, name, STRUCTURED));
      }
    }
    if (!attributes.getOrDefault("specversion", "1.0").startsWith("1.")) {
      throw new IllegalArgumentException(
          "The CloudEvent has the version '%s'; there is 1.0".formatted(get("specversion")));
    }
    return this;
  }

  @Nullable String get(String name) {
    return attributes.get(name);
  }

  /** That of an attribute that {@link #checked} has found. */
  String required(String name) {
    return Objects.requireNonNull(attributes.get(name));
  }

  /** When it happened; this time, if it does not say. */
  Instant time(Instant now) {
    String time = get("time");
    try {
      return time == null ? now : OffsetDateTime.parse(time).toInstant();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException(
          "The CloudEvent has the time '%s', which is none by RFC 3339".formatted(time), e);
    }
  }

  /** The attributes of a message in binary mode; the content type goes by itself. */
  Map<String, String> binary() {
    Map<String, String> all = new LinkedHashMap<>();
    attributes.forEach((name, value) -> all.put(PREFIX + name, value));
    return all;
  }
}
