package dev.serai.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import javax.crypto.Mac;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's {@code Stripe-Signature: t=<seconds>,v1=<hex>[,v1=<hex>...]}: HMAC-SHA256 over time, dot
 * and raw body, keyed with the whole text of the secret.
 *
 * <p>Source: docs.stripe.com/webhooks#verify-manually and stripe-java's {@code Webhook}. Stricter
 * than it in what its parser throws on or takes by accident: a future time, two times, signs and
 * zeros before the digits.
 */
final class StripeV1 implements Scheme {

  private static final String HEADER = "Stripe-Signature";

  @Override
  public String name() {
    return "stripe-v1";
  }

  @Override
  public Set<String> signatureHeaders() {
    return Set.of(HEADER);
  }

  @Override
  public Verdict.Accepted verify(
      SignedRequest request, List<Secret> secrets, Instant now, Duration tolerance)
      throws RefusedException {
    StripeSignature header;
    try {
      header = StripeSignature.parse(SignatureHeader.of(request, HEADER));
    } catch (StripeSignature.MalformedException e) {
      throw new RefusedException(Cause.SIGNATURE_MALFORMED, e.problem());
    }
    Secret match = match(header, request.body(), secrets);
    if (match == null) {
      throw new RefusedException(
          Cause.SIGNATURE_MISMATCH,
          "None of %s v1 signatures is that of these %s bytes under any of %s secrets"
              .formatted(header.signatures().size(), request.body().length, secrets.size()));
    }
    SigningTime time = new SigningTime(header.seconds());
    time.check(now, tolerance);
    return new Verdict.Accepted(match.fingerprint(), time.instant());
  }

  @Override
  public Optional<String> secretProblem(Secret secret) {
    return secret.value().equals("whsec_")
        ? Optional.of("has nothing behind 'whsec_'")
        : Optional.empty();
  }

  /** Every secret is tried with every signature, so that the time taken tells nothing. */
  private static @Nullable Secret match(StripeSignature header, byte[] body, List<Secret> secrets) {
    byte[] time = Long.toString(header.seconds()).getBytes(StandardCharsets.US_ASCII);
    Secret match = null;
    for (Secret secret : secrets) {
      Mac mac = secret.hmacSha256();
      mac.update(time);
      mac.update((byte) '.');
      byte[] expected = mac.doFinal(body);
      for (byte[] signature : header.signatures()) {
        if (MessageDigest.isEqual(expected, signature)) {
          match = secret;
        }
      }
    }
    return match;
  }

  @Override
  public Set<String> envelopePointers() {
    return Set.of("/id", "/type", "/object");
  }

  @Override
  public Optional<String> envelopeProblem(Envelope envelope) {
    Predicate<String> isText = pointer -> !envelope.text(pointer).orElse("").isEmpty();
    String object = envelope.text("/object").orElse("");
    if (!object.equals("event") && !object.equals("v2.core.event")) {
      return Optional.of("'object' is neither 'event' nor 'v2.core.event'");
    }
    return List.of("/id", "/type").stream()
        .filter(isText.negate())
        .findFirst()
        .map(pointer -> "'%s' is no text".formatted(pointer.substring(1)));
  }

  @Override
  public String newSecret() {
    return "whsec_" + RandomHex.of(16);
  }

  @Override
  public Map<String, String> sign(byte[] body, Secret secret, Instant now) {
    String time = Long.toString(now.getEpochSecond());
    Mac mac = secret.hmacSha256();
    mac.update((time + ".").getBytes(StandardCharsets.US_ASCII));
    return Map.of(
        HEADER, "t=%s,v1=%s".formatted(time, HexFormat.of().formatHex(mac.doFinal(body))));
  }
}
