package dev.serai.redis;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sessions as Redis has them, within their bounds. */
final class SessionText {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, null))
          // A newer hub may have written more.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  private final SessionSettings settings;

  SessionText(SessionSettings settings) {
    this.settings = settings;
  }

  /**
   * @throws InvalidValueException naming the member that is too much, or not what it must be
   */
  String write(SessionData data) {
    if (data.messages().size() > settings.maxMessages()) {
      throw new InvalidValueException(
          "messages",
          "would be %s; a session may have %s (serai.sessions.max-messages)"
              .formatted(data.messages().size(), settings.maxMessages()));
    }
    object("context", data.context());
    object("metadata", data.metadata());
    if (data.agent() != null) {
      Checks.name("agent", data.agent());
    }
    try {
      String text = JSON.writeValueAsString(data);
      int size = text.getBytes(StandardCharsets.UTF_8).length;
      if (size > settings.maxSize().toBytes()) {
        throw new InvalidValueException(
            largest(data),
            "makes the session %s bytes large; it may have %s (serai.sessions.max-size)"
                .formatted(size, settings.maxSize().toBytes()));
      }
      return text;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void object(String field, @Nullable JsonNode value) {
    if (value == null || !value.isObject()) {
      throw new InvalidValueException(field, "is not an object; it must be one");
    }
  }

  private static String largest(SessionData data) {
    int messages = data.messages().toString().length();
    int context = data.context().toString().length();
    int metadata = data.metadata().toString().length();
    return messages >= context && messages >= metadata
        ? "messages"
        : context >= metadata ? "context" : "metadata";
  }

  /**
   * @param found data, version, active, idle, ends
   */
  Session read(String id, List<String> found) {
    try {
      return session(
          id,
          JSON.readValue(found.get(0), SessionData.class),
          Long.parseLong(found.get(1)),
          Long.parseLong(found.get(2)),
          Long.parseLong(found.get(3)),
          Long.parseLong(found.get(4)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Session '%s' can't be read".formatted(id));
    }
  }

  static Session session(
      String id, SessionData data, long version, long active, long idle, long ends) {
    return new Session(
        id,
        data,
        version,
        Instant.ofEpochMilli(active),
        Instant.ofEpochMilli(Math.min(active + idle, ends)),
        Instant.ofEpochMilli(ends));
  }
}
