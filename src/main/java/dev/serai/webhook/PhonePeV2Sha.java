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

/**
 * PhonePe's second webhook with the option SHA: {@code Authorization} is the bare lower-case hex of
 * SHA-256 over {@code username:password}. The body is not covered and the header never changes, so
 * that who has seen it once can tell anything: such an event is a hint, to be confirmed. Its
 * secrets are {@code <username>:<password>}.
 *
 * <p>Source: phonepe-pg-sdk-java's {@code CommonUtils.isCallbackValid}.
 */
final class PhonePeV2Sha implements Scheme {

  private static final String HEADER = "Authorization";

  @Override
  public String name() {
    return "phonepe-v2-sha";
  }

  @Override
  public Set<String> signatureHeaders() {
    return Set.of(HEADER);
  }

  /** Who has this header can tell anything. */
  @Override
  public Set<String> keptHeaders() {
    return Set.of();
  }

  @Override
  public Verdict.Accepted verify(
      SignedRequest request, List<Secret> secrets, Instant now, Duration tolerance)
      throws RefusedException {
    byte[] shown = SignatureHeader.of(request, HEADER).getBytes(StandardCharsets.UTF_8);
    Secret match = null;
    for (Secret secret : secrets) {
      if (MessageDigest.isEqual(hex(secret).getBytes(StandardCharsets.US_ASCII), shown)) {
        match = secret;
      }
    }
    if (match == null) {
      throw new RefusedException(
          Cause.SIGNATURE_MISMATCH,
          "The header is the hash of none of %s names and passwords".formatted(secrets.size()));
    }
    return new Verdict.Accepted(match.fingerprint(), null);
  }

  private static String hex(Secret secret) {
    return HexFormat.of()
        .formatHex(Digests.sha256().digest(secret.value().getBytes(StandardCharsets.UTF_8)));
  }

  /** The hash of nothing and nothing is known to everybody: PhonePe's SDK has it in a test. */
  @Override
  public Optional<String> secretProblem(Secret secret) {
    return Pair.of(secret).isWhole()
        ? Optional.empty()
        : Optional.of("is not '<username>:<password>'");
  }

  @Override
  public Set<String> envelopePointers() {
    return PhonePeEvent.POINTERS;
  }

  @Override
  public Optional<String> envelopeProblem(Envelope envelope) {
    return PhonePeEvent.problem(envelope);
  }

  @Override
  public String newSecret() {
    return "hub_" + RandomHex.of(4) + ":" + RandomHex.of(10);
  }

  @Override
  public Map<String, String> sign(byte[] body, Secret secret, Instant now) {
    return Map.of(HEADER, hex(secret));
  }
}
