package dev.serai.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.serai.event.Event;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The values of an event that conditions name: its attributes, and what its body has at a pointer.
 */
final class EventValues {

  static final List<String> ATTRIBUTES =
      List.of("id", "source", "type", "subject", "workspace", "key", "contentType");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Event event;
  private @Nullable JsonNode body;

  EventValues(Event event) {
    this.event = event;
  }

  /** The value as text, or null when there is none; an object or array is none of use. */
  @Nullable String of(String name) {
    return switch (name) {
      case "id" -> event.id().toString();
      case "source" -> event.source();
      case "type" -> event.type();
      case "subject" -> event.subject();
      case "workspace" -> event.workspace();
      case "key" -> event.key();
      case "contentType" -> event.contentType();
      default -> pointed(name);
    };
  }

  /** Whether there is anything but null. */
  boolean has(String name) {
    return name.startsWith("/")
        ? !at(name).isMissingNode() && !at(name).isNull()
        : of(name) != null;
  }

  private @Nullable String pointed(String pointer) {
    JsonNode value = at(pointer);
    return value.isValueNode() && !value.isNull() ? value.asText() : null;
  }

  private JsonNode at(String pointer) {
    JsonNode parsed = body;
    if (parsed == null) {
      parsed = parsed(event.body());
      body = parsed;
    }
    return parsed.at(pointer);
  }

  private static JsonNode parsed(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException notJson) {
      return MissingNode.getInstance();
    }
  }
}
