package dev.serai.webhook;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Standard Webhooks 1.0.0, as Supabase's Auth Hooks and our trigger for its database sign: {@code
 * webhook-signature} over id, dot, seconds, dot and raw body.
 *
 * <p>Source: standard-webhooks' spec/standard-webhooks.md and supabase/auth's {@code hookshttp.go},
 * which joins several signatures with {@code ", "} where the specification has a space.
 */
final class StandardWebhooks implements Scheme {

  private static final String ID = "webhook-id";
  private static final String TIME = "webhook-timestamp";
  private static final String SIGNATURE = "webhook-signature";

  /** A dot would make it unclear where the signed id ends. */
  private static final Pattern USABLE_ID = Pattern.compile("[!-~&&[^.]]{1,256}");

  @Override
  public String name() {
    return "standard-webhooks";
  }

  @Override
  public Set<String> signatureHeaders() {
    return Set.of(ID, TIME, SIGNATURE);
  }

  @Override
  public Verdict.Accepted verify(
      SignedRequest request, List<Secret> secrets, Instant now, Duration tolerance)
      throws RefusedException {
    StandardSignatures signatures =
        StandardSignatures.parse(SignatureHeader.of(request, SIGNATURE));
    String id = SignatureHeader.of(request, ID);
    if (!USABLE_ID.matcher(id).matches()) {
      throw SignatureHeader.malformed(
          "The webhook-id is not 1 to 256 visible ASCII characters without a dot");
    }
    SigningTime time =
        SigningTime.parse(SignatureHeader.of(request, TIME))
            .orElseThrow(
                () ->
                    SignatureHeader.malformed("The webhook-timestamp is not a number of seconds"));
    byte[] prefix = prefix(id, time);
    Secret match = null;
    // Every secret is tried with every signature, so that the time taken tells nothing.
    for (Secret secret : secrets) {
      if (signatures.haveOne(StandardKey.of(secret.value()), prefix, request.body())) {
        match = secret;
      }
    }
    if (match == null) {
      throw SignatureHeader.mismatch(request, secrets.size());
    }
    time.check(now, tolerance);
    return new Verdict.Accepted(match.fingerprint(), time.instant());
  }

  private static byte[] prefix(String id, SigningTime time) {
    return (id + "." + time.seconds() + ".").getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public Optional<String> secretProblem(Secret secret) {
    return StandardKey.problem(secret.value());
  }

  @Override
  public Set<String> envelopePointers() {
    return RowChange.POINTERS;
  }

  @Override
  public Optional<String> envelopeProblem(Envelope envelope) {
    return RowChange.problem(envelope);
  }

  @Override
  public String newSecret() {
    return "v1,whsec_" + Base64.getEncoder().encodeToString(RandomHex.bytes(32));
  }

  @Override
  public Map<String, String> sign(byte[] body, Secret secret, Instant now) {
    String id = "msg_" + RandomHex.of(12);
    SigningTime time = new SigningTime(now.getEpochSecond());
    byte @Nullable [] signature = StandardKey.of(secret.value()).sign(prefix(id, time), body);
    if (signature == null) {
      throw new IllegalStateException("A public key verifies, but can't sign");
    }
    return Map.of(
        ID,
        id,
        TIME,
        Long.toString(time.seconds()),
        SIGNATURE,
        "v1," + Base64.getEncoder().encodeToString(signature));
  }
}
