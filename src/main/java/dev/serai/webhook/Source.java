package dev.serai.webhook;

import dev.serai.event.KnownKeys;
import dev.serai.event.NewEvent;
import dev.serai.event.StorageException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A provider that posts to this hub: how its requests are verified and turned into events. */
public final class Source {

  /** So long before its last secret expires a source has a problem. */
  private static final Duration SOON = Duration.ofDays(1);

  /** It was in time when it was accepted. */
  private static final Duration LONG_AGO = Duration.ofDays(3_650);

  private final SourceOptions options;
  private final Scheme scheme;
  private final SourceSecrets secrets;
  private final Duration tolerance;
  private final Clock clock;
  private final EventMapping mapping;
  private final AddressRanges allowed;
  private final WebhookMetrics metrics;

  Source(
      SourceOptions options,
      Scheme scheme,
      SourceSecrets secrets,
      Duration tolerance,
      WebhookMetrics metrics,
      KnownKeys known,
      Clock clock) {
    this.options = options;
    this.metrics = metrics;
    this.scheme = scheme;
    this.secrets = secrets;
    this.tolerance = options.tolerance == null ? tolerance : options.tolerance;
    this.clock = clock;
    this.mapping = new EventMapping(options, scheme, known);
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

  /** How many of its configured secrets can't be used: they have another form than they should. */
  public int unusableSecrets() {
    return secrets.unusable(options.source);
  }

  /** When its last secret expires; null, if one of them never does, or if there is none. */
  @Nullable Instant closesAt() {
    List<Secret> valid = secrets();
    return valid.stream().anyMatch(secret -> secret.expiry() == null)
        ? null
        : valid.stream().map(Secret::expiry).max(Comparator.naturalOrder()).orElse(null);
  }

  /**
   * Whether it has been given secrets, right or wrong ones; else its provider doesn't post here.
   */
  public boolean isConfigured() {
    return secrets.isConfigured(options.source);
  }

  /** What of its secrets somebody should look at. */
  public Optional<String> problem() {
    if (!isConfigured()) {
      return Optional.empty();
    }
    Instant closes = closesAt();
    if (secrets().isEmpty()) {
      return Optional.of(
          "no valid secret: refuses everything"
              + (unusableSecrets() == 0
                  ? ""
                  : "; %s can't be used, see the log".formatted(unusableSecrets())));
    }
    if (closes != null && closes.isBefore(clock.instant().plus(SOON))) {
      return Optional.of("no secret counts beyond %s: set the next one".formatted(closes));
    }
    return unusableSecrets() == 0
        ? Optional.empty()
        : Optional.of("%s of its secrets can't be used, see the log".formatted(unusableSecrets()));
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
    if (accepted.signedAt() != null) {
      metrics.skew(name(), Duration.between(accepted.signedAt(), now));
    }
    try {
      return mapping.event(request, contentType, accepted, now);
    } catch (StorageException e) {
      throw new RefusedException(Cause.STORAGE, "The event log can't be read; nothing is stored");
    }
  }

  /**
   * The event of a body that the hub has asked the provider for.
   *
   * @param by how, as {@code verified_by} will tell
   * @throws RefusedException saying why a webhook of it would not be taken either
   */
  NewEvent recovered(byte[] body, String by) throws RefusedException {
    return mapping.recovered(body, by, clock.instant());
  }

  /**
   * Verifies an event again that was accepted before, under the secrets that counted then.
   *
   * @param body as it was kept
   * @param signature the headers that were kept with it, or null if there are none
   * @param verifiedBy fingerprint of the secret that verified it
   * @param at when it was received
   */
  public Recheck recheck(
      byte[] body, @Nullable String signature, @Nullable String verifiedBy, Instant at) {
    if (signature == null || verifiedBy == null) {
      return Recheck.UNVERIFIABLE;
    }
    List<Secret> same =
        secrets.valid(options.source, at).stream()
            .filter(secret -> secret.fingerprint().equals(verifiedBy))
            .toList();
    if (same.isEmpty()) {
      return Recheck.UNVERIFIABLE;
    }
    try {
      scheme.verify(KeptHeaders.request(signature, body), same, at, LONG_AGO);
      return Recheck.VERIFIED;
    } catch (RefusedException e) {
      return Recheck.BAD;
    }
  }

  /** What a second look at an event of the source has found. */
  public enum Recheck {
    /** The secret that verified it does so again. */
    VERIFIED,
    /** The secret or the headers are not there any more. */
    UNVERIFIABLE,
    /** The secret is there, and it is not what was signed. */
    BAD
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
