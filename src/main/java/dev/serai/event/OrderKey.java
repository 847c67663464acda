package dev.serai.event;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Finds the key that orders the deliveries of an event. */
final class OrderKey {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What has no value for the key is a key of its own, so that it waits for nothing. */
  private static final String ALONE = "~";

  private OrderKey() {}

  /** The key of an event's delivery to a subscription, or null when those are in no order. */
  static @Nullable String of(Subscription subscription, NewEvent event, UUID id) {
    return of(subscription, event, id, event::body);
  }

  /** The same for an event whose body is read when it is needed. */
  static @Nullable String of(
      Subscription subscription, NewEvent event, UUID id, Supplier<byte[]> body) {
    String by = subscription.order().by();
    if (by == null) {
      return null;
    }
    // A sensitive body is not looked into: its parts must not stand in a table in the clear.
    boolean pointer = by.startsWith("/");
    String value = pointer ? null : attribute(by, event, subscription);
    if (pointer && !event.sensitive()) {
      value = pointed(by, body.get());
    }
    return value == null || value.isEmpty() ? ALONE + id : fitting(value);
  }

  private static @Nullable String attribute(
      String name, NewEvent event, Subscription subscription) {
    return switch (name) {
      case "subject" -> event.subject();
      case "workspace" -> event.workspace();
      case "source" -> event.source();
      case "type" -> event.type();
      default ->
          throw new IllegalStateException(
              "Subscription '%s' is ordered by unknown '%s'".formatted(subscription.name(), name));
    };
  }

  private static @Nullable String pointed(String pointer, byte[] body) {
    try {
      JsonNode value = JSON.readTree(body).at(JsonPointer.compile(pointer));
      return value.isValueNode() && !value.isNull() ? value.asText() : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  /** A key is part of an index, and text of PostgreSQL. */
  private static String fitting(String value) {
    return value.length() > NewEvent.MAX_TEXT || value.indexOf(0) >= 0 || hasHalfPair(value)
        ? HexFormat.of().formatHex(Sha256.of(value.getBytes(StandardCharsets.UTF_8)))
        : value;
  }

  private static boolean hasHalfPair(String value) {
    return value
        .codePoints()
        .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
  }
}
