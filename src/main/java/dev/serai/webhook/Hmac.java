package dev.serai.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Any provider that signs with an HMAC: which header, hash, encoding, prefix and content are the
 * options of its route. Its secrets are the keys as they are, in UTF-8.
 */
final class Hmac implements Scheme {

  private final HmacForm form;

  Hmac(HmacForm form) {
    this.form = form;
  }

  @Override
  public String name() {
    return "hmac";
  }

  @Override
  public Set<String> signatureHeaders() {
    Set<String> headers = new HashSet<>(Set.of(form.header()));
    if (!form.timestampHeader().isEmpty()) {
      headers.add(form.timestampHeader());
    }
    return headers;
  }

  @Override
  public Set<String> keptHeaders() {
    Set<String> headers = signatureHeaders();
    headers.addAll(form.content().headers());
    return headers;
  }

  @Override
  public Verdict.Accepted verify(
      SignedRequest request, List<Secret> secrets, Instant now, Duration tolerance)
      throws RefusedException {
    byte[] shown = decoded(SignatureHeader.of(request, form.header()));
    @Nullable SigningTime time = form.timestampHeader().isEmpty() ? null : time(request);
    String timestamp = time == null ? "" : Long.toString(time.seconds());
    Secret match = null;
    for (Secret secret : secrets) {
      if (MessageDigest.isEqual(signature(secret, request, timestamp), shown)) {
        match = secret;
      }
    }
    if (match == null) {
      throw SignatureHeader.mismatch(request, secrets.size());
    }
    if (time != null) {
      time.check(now, tolerance);
    }
    return new Verdict.Accepted(match.fingerprint(), time == null ? null : time.instant());
  }

  private byte[] signature(Secret secret, SignedRequest request, String timestamp)
      throws RefusedException {
    byte[] key = secret.value().getBytes(StandardCharsets.UTF_8);
    return form.content().sign(Digests.mac(form.algorithm(), key), request, timestamp);
  }

  private SigningTime time(SignedRequest request) throws RefusedException {
    return SigningTime.parse(SignatureHeader.of(request, form.timestampHeader()))
        .orElseThrow(
            () ->
                SignatureHeader.malformed(
                    "The %s header is not a number of seconds".formatted(form.timestampHeader())));
  }

  private byte[] decoded(String header) throws RefusedException {
    if (!header.startsWith(form.prefix())) {
      throw SignatureHeader.malformed(
          "The %s header does not begin with '%s'".formatted(form.header(), form.prefix()));
    }
    String text = header.substring(form.prefix().length());
    return (form.encoding().equals("hex") ? Digests.hex(text) : Digests.base64(text))
        .orElseThrow(
            () ->
                SignatureHeader.malformed(
                    "The signature in the %s header is not %s"
                        .formatted(form.header(), form.encoding())));
  }

  @Override
  public Optional<String> secretProblem(Secret secret) {
    return Optional.empty();
  }

  @Override
  public Set<String> envelopePointers() {
    return Set.of();
  }

  @Override
  public Optional<String> envelopeProblem(Envelope envelope) {
    return Optional.empty();
  }

  @Override
  public String newSecret() {
    return RandomHex.of(32);
  }

  @Override
  public Map<String, String> sign(byte[] body, Secret secret, Instant now) {
    Map<String, String> headers = new LinkedHashMap<>();
    String timestamp = Long.toString(now.getEpochSecond());
    if (!form.timestampHeader().isEmpty()) {
      headers.put(form.timestampHeader(), timestamp);
    }
    try {
      byte[] signature = signature(secret, SignedRequest.of(Map.of(), body), timestamp);
      headers.put(
          form.header(),
          form.prefix()
              + (form.encoding().equals("hex")
                  ? HexFormat.of().formatHex(signature)
                  : Base64.getEncoder().encodeToString(signature)));
      return headers;
    } catch (RefusedException e) {
      throw new IllegalStateException("Signing takes headers of the sender", e);
    }
  }
}
