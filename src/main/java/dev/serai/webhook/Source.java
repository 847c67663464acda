package dev.serai.webhook;

import dev.serai.event.NewEvent;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A provider that posts to this hub: how its requests are verified and turned into events. */
public final class Source {

  private final SourceOptions options;
  private final Scheme scheme;
  private final SourceSecrets secrets;
  private final Duration tolerance;
  private final Clock clock;
  private final EventMapping mapping;
  private final AddressRanges allowed;
  private volatile @Nullable UUID lastAccepted;

  Source(SourceOptions options, SourceSecrets secrets, Duration tolerance, Clock clock) {
    this.options = options;
    this.scheme = Schemes.of(options);
    this.secrets = secrets;
    this.tolerance = options.tolerance == null ? tolerance : options.tolerance;
    this.clock = clock;
    this.mapping = new EventMapping(options, scheme);
    this.allowed = options.allowed();
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

  boolean takesFrom(String address) {
    return allowed.isEmpty() || allowed.has(address);
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
    Verdict.Accepted accepted = scheme.verify(request, valid, now, tolerance);
    return mapping.event(request, contentType, accepted, now);
  }

  /** The verdict on a request of any time and under any secrets, envelope included. */
  public static Verdict verdict(
      Scheme scheme, SignedRequest request, List<Secret> secrets, Instant now, Duration tolerance) {
    List<Secret> valid =
        secrets.stream()
            .filter(secret -> secret.isValid(now) && scheme.secretProblem(secret).isEmpty())
            .toList();
    if (valid.isEmpty()) {
      return new Verdict.Refused(Cause.NO_SECRET, "There is no valid secret");
    }
    try {
      Verdict.Accepted accepted = scheme.verify(request, valid, now, tolerance);
      new SourceEnvelope(scheme, List.of(), List.of()).read(request.body(), false);
      return accepted;
    } catch (RefusedException e) {
      return e.refusal();
    }
  }
}
