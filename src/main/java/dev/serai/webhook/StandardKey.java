package dev.serai.webhook;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key in a secret of Standard Webhooks: {@code whsec_} and the base64 of 24 to 64 bytes, or
 * {@code whpk_} and that of an Ed25519 public key. Supabase writes {@code v1,} or {@code v1a,}
 * before it, and the private key behind a colon, which is not looked at.
 */
final class StandardKey {

  private static final String SYMMETRIC = "whsec_";
  private static final String PUBLIC = "whpk_";
  private static final int LEAST_BYTES = 24;
  private static final int MOST_BYTES = 64;

  /** What stands before the 32 bytes of an Ed25519 key in its X.509 form (RFC 8410). */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  private static final int PUBLIC_BYTES = 32;

  private final @Nullable SecretKeySpec symmetric;
  private final @Nullable PublicKey publicKey;

  private StandardKey(@Nullable SecretKeySpec symmetric, @Nullable PublicKey publicKey) {
    this.symmetric = symmetric;
    this.publicKey = publicKey;
  }

  /** What keeps a secret from being one; without any of it. */
  static Optional<String> problem(String secret) {
    try {
      of(secret);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(
          "is neither 'whsec_' and the base64 of %s to %s bytes nor 'whpk_' and an Ed25519 key"
              .formatted(LEAST_BYTES, MOST_BYTES));
    }
  }

  /**
   * @throws IllegalArgumentException when {@link #problem} says why
   */
  static StandardKey of(String secret) {
    String text = secret.replaceFirst("^v1a?,", "");
    if (text.startsWith(SYMMETRIC)) {
      byte[] key = Base64.getDecoder().decode(text.substring(SYMMETRIC.length()));
      if (key.length < LEAST_BYTES || key.length > MOST_BYTES) {
        throw new IllegalArgumentException("its length");
      }
      return new StandardKey(new SecretKeySpec(key, "HmacSHA256"), null);
    }
    if (text.startsWith(PUBLIC)) {
      String encoded = text.substring(PUBLIC.length()).split(":", 2)[0];
      return new StandardKey(null, publicKey(Base64.getDecoder().decode(encoded)));
    }
    throw new IllegalArgumentException("its prefix");
  }

  private static PublicKey publicKey(byte[] key) {
    if (key.length != PUBLIC_BYTES) {
      throw new IllegalArgumentException("its length");
    }
    byte[] encoded = new byte[X509_PREFIX.length + key.length];
    System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
    System.arraycopy(key, 0, encoded, X509_PREFIX.length, key.length);
    try {
      return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("no point of the curve", e);
    }
  }

  /** The HMAC of the bytes, or null for a public key. */
  byte @Nullable [] sign(byte[] prefix, byte[] body) {
    if (symmetric == null) {
      return null;
    }
    try {
      Mac mac = Mac.getInstance(symmetric.getAlgorithm());
      mac.init(symmetric);
      mac.update(prefix);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Whether a signature of version v1a is that of the bytes. */
  boolean verifies(byte[] signature, byte[] prefix, byte[] body) {
    try {
      Signature ed25519 = Signature.getInstance("Ed25519");
      ed25519.initVerify(Objects.requireNonNull(publicKey, "a symmetric key"));
      ed25519.update(prefix);
      ed25519.update(body);
      return ed25519.verify(signature);
    } catch (GeneralSecurityException e) {
      // A signature may be no point of the curve: then it is none.
      return false;
    }
  }
}
