package dev.serai.bus;

import io.lettuce.core.StreamMessage;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A hint.
 *
 * @param stream the key of the stream that it is in
 * @param id of the stream's entry
 * @param event empty when somebody else has put something else there: to be forgotten
 */
record Hint(String stream, String id, Optional<UUID> event) {
  private static final String FIELD = "e";

  static Hint of(StreamMessage<String, String> message) {
    return new Hint(message.getStream(), message.getId(), id(message.getBody().get(FIELD)));
  }

  private static Optional<UUID> id(@Nullable String text) {
    try {
      return Optional.ofNullable(text).map(UUID::fromString);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The events that are hinted at. */
  static List<UUID> events(List<Hint> hints) {
    return hints.stream().map(Hint::event).flatMap(Optional::stream).toList();
  }
}
