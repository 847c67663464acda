package dev.serai.cloud;

import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A secret that a sink and its receiver share: {@code whsec_} and a key in base64. */
final class SigningSecret {

  private static final String PREFIX = "whsec_";
  private static final String HMAC = "HmacSHA256";

  /** The least that Standard Webhooks asks for. */
  private static final int MIN_BYTES = 24;

  private final SecretKeySpec key;
  private final @Nullable Instant expiry;

  private SigningSecret(byte[] key, @Nullable Instant expiry) {
    this.key = new SecretKeySpec(key, HMAC);
    this.expiry = expiry;
  }

  /**
   * Reads secrets divided by {@code |}, each with {@code @} and an RFC 3339 time at its end if it
   * expires.
   *
   * @throws IllegalArgumentException without the secret in it
   */
  static List<SigningSecret> parse(String text) {
    return Arrays.stream(text.split("\\|", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(SigningSecret::parseOne)
        .toList();
  }

  private static SigningSecret parseOne(String part) {
    int at = part.indexOf('@');
    String secret = at < 0 ? part : part.substring(0, at);
    try {
      Instant expiry = at < 0 ? null : Instant.parse(part.substring(at + 1));
      return new SigningSecret(key(secret.strip()), expiry);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "the expiry '%s' of a secret is no time such as 2026-12-31T00:00:00Z"
              .formatted(part.substring(at + 1)),
          e);
    }
  }

  private static byte[] key(String secret) {
    byte[] key = new byte[0];
    if (secret.startsWith(PREFIX)) {
      try {
        key = Base64.getDecoder().decode(secret.substring(PREFIX.length()));
      } catch (IllegalArgumentException ignored) {
        // Its message has a part of the secret in it.
      }
    }
    if (key.length < MIN_BYTES) {
      throw new IllegalArgumentException(
          "a secret must be whsec_ and the base64 of %s bytes or more".formatted(MIN_BYTES));
    }
    return key;
  }

  boolean isValid(Instant now) {
    return expiry == null || now.isBefore(expiry);
  }

  byte[] sign(byte[] prefix, byte[] body) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      mac.update(prefix);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
