package dev.serai.webhook;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Random texts that nobody can guess, for generated secrets and for ids of examples. */
public final class RandomHex {

  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomHex() {}

  /** Twice as many hexadecimal digits as bytes. */
  public static String of(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return HexFormat.of().formatHex(random);
  }
}
