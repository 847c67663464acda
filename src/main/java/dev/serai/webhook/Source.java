package dev.serai.webhook;

import dev.serai.event.InvalidEventException;
import dev.serai.event.NewEvent;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A provider that posts to this hub: how its requests are verified and turned into events. */
public final class Source {

  private static final int MILLIS_DIGITS = 12;

  private final SourceOptions options;
  private final Scheme scheme;
  private final SourceSecrets secrets;
  private final Duration tolerance;
  private final Clock clock;
  private final Pointers pointers;

  Source(SourceOptions options, SourceSecrets secrets, Duration tolerance, Clock clock) {
    this.options = options;
    this.scheme = Schemes.named(options.scheme);
    this.secrets = secrets;
    this.tolerance = options.tolerance == null ? tolerance : options.tolerance;
    this.clock = clock;
    List<String> wanted = new ArrayList<>(scheme.envelopePointers());
    Stream.of(
            options.type,
            options.key,
            options.subject,
            options.time,
            options.workspace,
            options.livemode)
        .filter(Objects::nonNull)
        .filter(pointer -> !pointer.isEmpty())
        .forEach(wanted::add);
    this.pointers = new Pointers(wanted, options.volatilePointers());
  }

  public String name() {
    return options.source;
  }

  /** Where it posts, below {@code /webhooks}. */
  public String path() {
    return options.servletPath();
  }

  public Scheme scheme() {
    return scheme;
  }

  public Duration tolerance() {
    return tolerance;
  }

  SourceOptions options() {
    return options;
  }

  /** Its secrets that count now. */
  public List<Secret> secrets() {
    return secrets.valid(options.source, clock.instant());
  }

  /**
   * Verifies a request and reads its event.
   *
   * @throws RefusedException saying why not
   */
  NewEvent receive(SignedRequest request, String contentType) throws RefusedException {
    List<Secret> valid = secrets();
    if (valid.isEmpty()) {
      throw new RefusedException(
          Cause.NO_SECRET,
          "No valid secret is configured for source '%s' (%s)"
              .formatted(options.source, SourceSecrets.property(options.source)));
    }
    Instant now = clock.instant();
    return switch (scheme.verify(request, valid, now, tolerance)) {
      case Verdict.Refused refused -> throw new RefusedException(refused);
      case Verdict.Accepted accepted ->
          event(envelope(request.body()), request.body(), contentType, accepted.key(), now);
    };
  }

  /** Reads the envelope of a verified body. */
  private Envelope envelope(byte[] body) throws RefusedException {
    return envelope(scheme, body, pointers, options.key == null);
  }

  private static Envelope envelope(Scheme scheme, byte[] body, Pointers pointers, boolean hashed)
      throws RefusedException {
    try {
      Envelope envelope = Envelope.read(body, pointers, hashed);
      Optional<String> problem = scheme.envelopeProblem(envelope);
      if (problem.isPresent()) {
        throw new RefusedException(Cause.ENVELOPE, problem.get());
      }
      return envelope;
    } catch (EnvelopeException e) {
      throw new RefusedException(Cause.ENVELOPE, e.problem());
    }
  }

  /** The verdict on a request of any time and under any secrets, envelope included. */
  public static Verdict verdict(
      Scheme scheme, SignedRequest request, List<Secret> secrets, Instant now, Duration tolerance) {
    List<Secret> valid = secrets.stream().filter(secret -> secret.isValid(now)).toList();
    if (valid.isEmpty()) {
      return new Verdict.Refused(Cause.NO_SECRET, "There is no valid secret");
    }
    Verdict verdict = scheme.verify(request, valid, now, tolerance);
    if (verdict instanceof Verdict.Accepted) {
      try {
        envelope(scheme, request.body(), new Pointers(scheme.envelopePointers(), List.of()), false);
      } catch (RefusedException e) {
        return e.refusal();
      }
    }
    return verdict;
  }

  private NewEvent event(
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
          envelope.scalar(options.time).flatMap(Source::time).orElse(now),
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
    return Optional.of(text).map(Source::parse).filter(NewEvent::isStorable);
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
