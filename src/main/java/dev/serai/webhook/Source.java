package dev.serai.webhook;

import dev.serai.event.NewEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A provider that posts to this hub: how its requests are verified and turned into events. */
public final class Source {

  private final SourceOptions options;
  private final Scheme scheme;
  private final SourceSecrets secrets;
  private final Duration tolerance;
  private final Clock clock;
  private final Pointers pointers;
  private final EventMapping mapping;
  private volatile @Nullable UUID lastAccepted;

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
    this.mapping = new EventMapping(options, pointers);
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

  /** When its last new event came, since the start of this hub. */
  public @Nullable Instant lastAcceptedAt() {
    UUID id = lastAccepted;
    // A UUIDv7 begins with the millisecond of receipt.
    return id == null ? null : Instant.ofEpochMilli(id.getMostSignificantBits() >>> 16);
  }

  void accepted(UUID event) {
    lastAccepted = event;
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
          mapping.event(envelope(request.body()), request.body(), contentType, accepted.key(), now);
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
}
