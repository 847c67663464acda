package dev.serai.webhook;

import dev.serai.event.InvalidEventException;
import dev.serai.event.NewEvent;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes an event of a body, by the pointers that the source's route names. */
final class EventMapping {

  private static final int MILLIS_DIGITS = 12;

  private final SourceOptions options;
  private final Pointers pointers;

  EventMapping(SourceOptions options, Pointers pointers) {
    this.options = options;
    this.pointers = pointers;
  }

  /** The event of an accepted body. */
  NewEvent event(
      Envelope envelope, byte[] body, String contentType, String fingerprint, Instant now)
      throws RefusedException {
    checkMode(envelope);
    try {
      return new NewEvent(
          options.source,
          options.source + "." + required(envelope, "type", options.type),
          key(envelope),
          envelope.scalar(options.subject).orElse(null),
          envelope.scalar(options.workspace).orElse(null),
          envelope.scalar(options.time).flatMap(EventMapping::time).orElse(now),
          contentType,
          body,
          options.key == null ? null : this::sameBody,
          fingerprint,
          null,
          0,
          null);
    } catch (InvalidEventException e) {
      throw new RefusedException(Cause.ENVELOPE, e.problem());
    }
  }

  private String key(Envelope envelope) throws RefusedException {
    if (options.key == null) {
      return HexFormat.of().formatHex(envelope.hash());
    }
    String key = required(envelope, "key", options.key);
    // The log takes a little more: a body that contradicts the first is kept under key~hash.
    if (key.getBytes(StandardCharsets.UTF_8).length > NewEvent.MAX_TEXT) {
      throw new RefusedException(
          Cause.ENVELOPE, "The key has more than %s bytes".formatted(NewEvent.MAX_TEXT));
    }
    return key;
  }

  /** Whether two bodies differ in nothing but their volatile values. */
  private boolean sameBody(byte[] one, byte[] other) {
    try {
      return Arrays.equals(one, other)
          || Arrays.equals(
              Envelope.read(one, pointers, true).hash(),
              Envelope.read(other, pointers, true).hash());
    } catch (EnvelopeException e) {
      throw new IllegalStateException("A body that was accepted can't be read again", e);
    }
  }

  private void checkMode(Envelope envelope) throws RefusedException {
    if (options.mode == SourceOptions.Mode.ANY) {
      return;
    }
    String wanted = Boolean.toString(options.mode == SourceOptions.Mode.LIVE);
    String found = envelope.scalar(options.livemode).orElse("missing");
    if (!found.equals(wanted)) {
      throw new RefusedException(
          Cause.WRONG_MODE,
          "Source '%s' takes %s events only; %s is %s"
              .formatted(
                  options.source,
                  options.mode.name().toLowerCase(Locale.ROOT),
                  options.livemode,
                  found));
    }
  }

  private static String required(Envelope envelope, String option, @Nullable String pointer)
      throws RefusedException {
    return envelope
        .scalar(pointer)
        .filter(text -> !text.isEmpty())
        .orElseThrow(
            () ->
                new RefusedException(
                    Cause.ENVELOPE, "The body has no %s at %s".formatted(option, pointer)));
  }

  /**
   * Seconds or milliseconds since the epoch, or RFC 3339; what is neither is not worth a refusal.
   */
  private static Optional<Instant> time(String text) {
    return Optional.of(text).map(EventMapping::parse).filter(NewEvent::isStorable);
  }

  private static @Nullable Instant parse(String text) {
    try {
      if (text.matches("\\d{1,15}")) {
        long number = Long.parseLong(text);
        return text.length() > MILLIS_DIGITS
            ? Instant.ofEpochMilli(number)
            : Instant.ofEpochSecond(number);
      }
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeException e) {
      return null;
    }
  }
}
