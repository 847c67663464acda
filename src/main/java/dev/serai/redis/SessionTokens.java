package dev.serai.redis;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Tokens of sessions, and the ids that are made of them: an id may stand in a path, a log and a
 * backup, because nobody can make its token of it.
 */
public final class SessionTokens {

  private static final String PREFIX = "ss_";
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int RANDOM_BYTES = 32;
  private static final int ID_BYTES = 16;

  private SessionTokens() {}

  /** 256 random bits. */
  static String create() {
    byte[] random = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(random);
    return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
  }

  /** Whether it has the form of one. */
  public static boolean isToken(String text) {
    return text.startsWith(PREFIX);
  }

  /** The id of a token's session: 128 bits of its hash. */
  public static String id(String token) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, ID_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
