package dev.serai.redis.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

final class Hash {

  private Hash() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
