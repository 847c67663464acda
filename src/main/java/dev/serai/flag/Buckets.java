package dev.serai.flag;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Spreads users evenly, for each flag in another way: always the same on every hub and in every
 * version.
 */
final class Buckets {

  /** One for each hundredth of a percent. */
  static final int COUNT = 10_000;

  private Buckets() {}

  /** From 0 to below {@link #COUNT}. */
  static int of(String flag, String user) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest((flag + "\0" + user).getBytes(StandardCharsets.UTF_8));
      return (int) Long.remainderUnsigned(ByteBuffer.wrap(hash).getLong(), COUNT);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
