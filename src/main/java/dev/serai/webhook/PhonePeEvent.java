package dev.serai.webhook;

import java.util.Optional;
import java.util.Set;

/**
 * The envelope of PhonePe's second webhooks: {@code {"event": "...", "payload": {...}}}; old
 * accounts have the deprecated {@code type} in place of {@code event}.
 */
final class PhonePeEvent {

  static final Set<String> POINTERS = Set.of("/event", "/type", "/payload");

  private PhonePeEvent() {}

  static Optional<String> problem(Envelope envelope) {
    if (!envelope.isObject("/payload")) {
      return Optional.of("'payload' is no object");
    }
    String event = envelope.text("/event").or(() -> envelope.text("/type")).orElse("");
    return event.isEmpty() ? Optional.of("neither 'event' nor 'type' is a text") : Optional.empty();
  }
}
