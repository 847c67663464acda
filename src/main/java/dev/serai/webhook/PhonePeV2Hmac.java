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
import javax.crypto.Mac;

/**
 * PhonePe's second webhook with the option HMAC: HMAC-SHA256 over the raw body, keyed with the
 * secret that {@code x-phonepe-checksum-key-id} names. Its secrets are {@code <key id>:<secret>}.
 *
 * <p>PhonePe has not published the header's form: hex and base64 are taken, and the names without
 * {@code x-}, as merchants have reported them.
 */
final class PhonePeV2Hmac implements Scheme {

  private static final String PREFIX = "x-";
  private static final String KEY_ID = "phonepe-checksum-key-id";
  private static final String SIGNATURE = "phonepe-checksum-signature";
  private static final int BYTES = 32;
  private static final String HMAC = "HmacSHA256";

  @Override
  public String name() {
    return "phonepe-v2-hmac";
  }

  @Override
  public Set<String> signatureHeaders() {
    return Set.of(PREFIX + KEY_ID, PREFIX + SIGNATURE, KEY_ID, SIGNATURE);
  }

  @Override
  public Verdict.Accepted verify(
      SignedRequest request, List<Secret> secrets, Instant now, Duration tolerance)
      throws RefusedException {
    String header = header(request, SIGNATURE);
    String keyId = header(request, KEY_ID);
    byte[] shown =
        Digests.hex(header)
            .or(() -> Digests.base64(header))
            .filter(bytes -> bytes.length == BYTES)
            .orElseThrow(
                () ->
                    SignatureHeader.malformed(
                        "The signature is neither the hex nor the base64 of 32 bytes"));
    Secret match = null;
    for (Secret secret : secrets) {
      Pair key = Pair.of(secret);
      boolean equal = MessageDigest.isEqual(mac(key).doFinal(request.body()), shown);
      if (equal && key.name().equals(keyId)) {
        match = secret;
      }
    }
    if (match == null) {
      throw SignatureHeader.mismatch(request, secrets.size());
    }
    return new Verdict.Accepted(match.fingerprint(), null);
  }

  private static String header(SignedRequest request, String name) throws RefusedException {
    Optional<String> value = SignatureHeader.find(request, PREFIX + name);
    return value.isPresent() ? value.get() : SignatureHeader.of(request, name);
  }

  private static Mac mac(Pair key) {
    return Digests.mac(HMAC, key.value().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Optional<String> secretProblem(Secret secret) {
    return Pair.of(secret).isWhole() ? Optional.empty() : Optional.of("is not '<key id>:<secret>'");
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
    return "hub" + RandomHex.of(4) + ":" + RandomHex.of(24);
  }

  @Override
  public Map<String, String> sign(byte[] body, Secret secret, Instant now) {
    Pair key = Pair.of(secret);
    return Map.of(
        PREFIX + KEY_ID,
        key.name(),
        PREFIX + SIGNATURE,
        HexFormat.of().formatHex(mac(key).doFinal(body)));
  }
}
