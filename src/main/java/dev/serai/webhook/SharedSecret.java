package dev.serai.webhook;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A header with a value that only sender and hub know, as owners of Supabase projects type it into
 * a Database Webhook. It proves nothing about the body: whoever has seen it once can send any. Its
 * secrets are {@code <header>:<value>}.
 */
final class SharedSecret implements Scheme {

  @Override
  public String name() {
    return "shared-secret";
  }

  /** Which header it is, the secrets say. */
  @Override
  public Set<String> signatureHeaders() {
    return Set.of();
  }

  @Override
  public Verdict.Accepted verify(
      SignedRequest request, List<Secret> secrets, Instant now, Duration tolerance)
      throws RefusedException {
    Secret match = null;
    boolean present = false;
    for (Secret secret : secrets) {
      Pair pair = Pair.of(secret);
      Optional<String> shown = SignatureHeader.find(request, pair.name());
      present |= shown.isPresent();
      byte[] bytes = shown.orElse("").getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(pair.value().getBytes(StandardCharsets.UTF_8), bytes)) {
        match = secret;
      }
    }
    if (!present) {
      throw new RefusedException(
          Cause.SIGNATURE_MISSING, "There is none of the headers that carry the secret");
    }
    if (match == null) {
      throw new RefusedException(
          Cause.SIGNATURE_MISMATCH,
          "The header has the value of none of %s secrets".formatted(secrets.size()));
    }
    return new Verdict.Accepted(match.fingerprint(), null);
  }

  @Override
  public Optional<String> secretProblem(Secret secret) {
    Pair pair = Pair.of(secret);
    String value = pair.value().replaceFirst("(?i)^(bearer|basic) *", "");
    if (!pair.name().matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || value.isBlank()) {
      return Optional.of("is not '<header>:<value>'");
    }
    return isPublic(value)
        ? Optional.of("is the public anon key, which every visitor of the project's pages has")
        : Optional.empty();
  }

  /** Supabase gives its publishable key, a token for the role anon, to every browser. */
  private static boolean isPublic(String value) {
    if (value.startsWith("sb_publishable_")) {
      return true;
    }
    String[] token = value.split("\\.", -1);
    if (token.length != 3) {
      return false;
    }
    try {
      String claims = new String(Base64.getUrlDecoder().decode(token[1]), StandardCharsets.UTF_8);
      return claims.replaceAll("\\s", "").contains("\"role\":\"anon\"");
    } catch (IllegalArgumentException notBase64) {
      return false;
    }
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
    return "x-hub-secret:" + RandomHex.of(24);
  }

  @Override
  public Map<String, String> sign(byte[] body, Secret secret, Instant now) {
    Pair pair = Pair.of(secret);
    return Map.of(pair.name().toLowerCase(Locale.ROOT), pair.value());
  }
}
