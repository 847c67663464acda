package dev.serai.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The sum of the hashes of a table's rows: the same for the same rows in whatever order they come.
 * 128 bits, each half without its carry.
 */
final class RowSum {

  private final MessageDigest hash = sha256();
  private long high;
  private long low;
  private long rows;

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }

  /** A piece of a row. */
  void part(byte[] bytes, int from, int length) {
    hash.update(bytes, from, length);
  }

  /** The pieces since the row before were a row. */
  void row() {
    byte[] digest = hash.digest();
    high += number(digest, 0);
    low += number(digest, 8);
    rows++;
  }

  private static long number(byte[] bytes, int from) {
    long number = 0;
    for (int i = 0; i < 8; i++) {
      number = number << 8 | (bytes[from + i] & 0xff);
    }
    return number;
  }

  long rows() {
    return rows;
  }

  @Override
  public String toString() {
    return hex(high) + hex(low);
  }

  private static String hex(long number) {
    String hex = Long.toHexString(number);
    return "0".repeat(16 - hex.length()) + hex;
  }
}
