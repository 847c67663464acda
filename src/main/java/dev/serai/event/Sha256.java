package dev.serai.event;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The hash by which bodies, events and keys are told apart. */
public final class Sha256 {

  private Sha256() {}

  /** The hash of these bytes. */
  public static byte[] of(byte[] bytes) {
    return of(bytes, bytes.length);
  }

  /** The hash of the first bytes. */
  public static byte[] of(byte[] bytes, int length) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(bytes, 0, length);
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
