package dev.serai.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** One secret of a source. */
public final class Secret {

  private static final String HMAC = "HmacSHA256";

  private final String value;
  private final @Nullable Instant expiry;
  private final @Nullable Mac mac;
  private final String fingerprint;

  /**
   * @param value as the provider issued it
   * @param expiry when it stops to count, or null for never
   */
  public Secret(String value, @Nullable Instant expiry) {
    this.value = value;
    this.expiry = expiry;
    this.mac = value.isEmpty() ? null : keyed(value);
    this.fingerprint =
        mac == null
            ? "none"
            : HexFormat.of()
                .formatHex(
                    hmacSha256().doFinal("serai key".getBytes(StandardCharsets.UTF_8)), 0, 4);
  }

  private static Mac keyed(String value) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(value.getBytes(StandardCharsets.UTF_8), HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a configured list: secrets divided by {@code |}, each with {@code @} and an RFC 3339 time
   * at its end if it expires.
   *
   * @throws IllegalArgumentException without the secret in it
   */
  public static List<Secret> parse(String text) {
    return Arrays.stream(text.split("\\|", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(Secret::parseOne)
        .toList();
  }

  private static Secret parseOne(String part) {
    int at = part.lastIndexOf('@');
    // Only a time makes the sign an expiry; a password may contain one.
    if (at < 0 || !part.substring(at + 1).matches("\\d{4}-\\d{2}-\\d{2}T.*")) {
      return new Secret(part, null);
    }
    try {
      return new Secret(part.substring(0, at).strip(), Instant.parse(part.substring(at + 1)));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          "The expiry '%s' of a secret is no time such as 2026-12-31T00:00:00Z"
              .formatted(part.substring(at + 1)),
          e);
    }
  }

  public String value() {
    return value;
  }

  /** When it stops to count, or null for never. */
  public @Nullable Instant expiry() {
    return expiry;
  }

  boolean isValid(Instant now) {
    return mac != null && (expiry == null || now.isBefore(expiry));
  }

  /** An HMAC-SHA256 keyed with the UTF-8 bytes of the whole secret, ready for one message. */
  Mac hmacSha256() {
    try {
      return (Mac) Objects.requireNonNull(mac, "an empty secret signs nothing").clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Tells secrets apart without telling them. */
  public String fingerprint() {
    return fingerprint;
  }

  @Override
  public String toString() {
    return "Secret[" + fingerprint + (expiry == null ? "]" : ", expires " + expiry + "]");
  }
}
