package dev.serai.webhook;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random texts that nobody can guess, for generated secrets and for ids of examples. */
public final class RandomHex {

  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomHex() {}

  /** Twice as many hexadecimal digits as bytes. */
  public static String of(int bytes) {
    return HexFormat.of().formatHex(bytes(bytes));
  }

  /** The same, not yet written as text. */
  static byte[] bytes(int count) {
    byte[] random = new byte[count];
    RANDOM.nextBytes(random);
    return random;
  }
}
