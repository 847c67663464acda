package dev.serai.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * PhonePe's first server-to-server callback: {@code {"response": "<base64 of JSON>"}} and {@code
 * X-VERIFY: <hex of SHA-256(response + salt)>###<index of the salt>}. Its secrets are {@code
 * <index>:<salt>}.
 *
 * <p>No time is signed: what was valid once is for ever. The hash covers the text of {@code
 * response} and no other member. Source:
 * developer.phonepe.com/v1/reference/server-to-server-callback-5, which prints the hex digits in
 * both cases.
 */
final class PhonePeV1 implements Scheme {

  private static final String HEADER = "X-VERIFY";
  private static final String RESPONSE = "/response";
  private static final Pattern FORM = Pattern.compile("([0-9a-fA-F]{64})###([0-9A-Za-z]{1,16})");
  private static final Pointers POINTERS = new Pointers(Set.of(RESPONSE), Set.of());

  @Override
  public String name() {
    return "phonepe-v1";
  }

  @Override
  public Set<String> signatureHeaders() {
    return Set.of(HEADER);
  }

  @Override
  public Verdict.Accepted verify(
      SignedRequest request, List<Secret> secrets, Instant now, Duration tolerance)
      throws RefusedException {
    Matcher header = FORM.matcher(SignatureHeader.of(request, HEADER));
    if (!header.matches()) {
      throw SignatureHeader.malformed(
          "The X-VERIFY header is not 64 hex digits, ### and the index of a salt");
    }
    byte[] shown = HexFormat.of().parseHex(header.group(1));
    byte[] response = response(request.body());
    Secret match = null;
    for (Secret secret : secrets) {
      Pair salt = Pair.of(secret);
      boolean equal = MessageDigest.isEqual(hash(response, salt), shown);
      if (equal && salt.name().equals(header.group(2))) {
        match = secret;
      }
    }
    if (match == null) {
      throw new RefusedException(
          Cause.SIGNATURE_MISMATCH,
          "The hash is not that of 'response' under the salt with this index, of %s salts"
              .formatted(secrets.size()));
    }
    return new Verdict.Accepted(match.fingerprint(), null);
  }

  private static byte[] response(byte[] body) throws RefusedException {
    try {
      return text(body).getBytes(StandardCharsets.UTF_8);
    } catch (EnvelopeException e) {
      throw new RefusedException(
          Cause.SIGNATURE_MISMATCH, "There is nothing that could be signed: " + e.problem());
    }
  }

  private static String text(byte[] body) throws EnvelopeException {
    return Envelope.read(body, POINTERS, false)
        .text(RESPONSE)
        .orElseThrow(() -> new EnvelopeException("The body has no text 'response'"));
  }

  private static byte[] hash(byte[] response, Pair salt) {
    MessageDigest sha = Digests.sha256();
    sha.update(response);
    return sha.digest(salt.value().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] payload(byte[] body) throws EnvelopeException {
    try {
      return Base64.getDecoder().decode(text(body));
    } catch (IllegalArgumentException e) {
      throw new EnvelopeException("'response' is not base64");
    }
  }

  @Override
  public byte[] wrap(byte[] payload) {
    return "{\"response\":\"%s\"}"
        .formatted(Base64.getEncoder().encodeToString(payload))
        .getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Optional<String> secretProblem(Secret secret) {
    return Pair.of(secret).isWhole() ? Optional.empty() : Optional.of("is not '<index>:<salt>'");
  }

  @Override
  public Set<String> envelopePointers() {
    return Set.of("/code");
  }

  @Override
  public Optional<String> envelopeProblem(Envelope envelope) {
    return envelope.text("/code").filter(code -> !code.isEmpty()).isPresent()
        ? Optional.empty()
        : Optional.of("'code' of the response is no text");
  }

  @Override
  public String newSecret() {
    return "1:" + RandomHex.of(16);
  }

  @Override
  public Map<String, String> sign(byte[] body, Secret secret, Instant now) {
    try {
      Pair salt = Pair.of(secret);
      byte[] hash = hash(text(body).getBytes(StandardCharsets.UTF_8), salt);
      return Map.of(HEADER, HexFormat.of().formatHex(hash) + "###" + salt.name());
    } catch (EnvelopeException e) {
      throw new IllegalArgumentException(e.problem(), e);
    }
  }
}
