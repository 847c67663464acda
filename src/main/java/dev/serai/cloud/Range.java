package dev.serai.cloud;

import java.net.InetAddress;

/** Addresses with the same first bits, such as {@code 10.0.0.0/8} or {@code fc00::/7}. */
final class Range {

  private final String text;
  private final byte[] first;
  private final int bits;

  private Range(String text, byte[] first, int bits) {
    this.text = text;
    this.first = first;
    this.bits = bits;
  }

  /**
   * Reads a range, or a single address. Asks no name server.
   *
   * @throws IllegalArgumentException if it is neither
   */
  static Range parse(String text) {
    int slash = text.indexOf('/');
    Host address = new Host(slash < 0 ? text : text.substring(0, slash));
    if (!address.isAddress()) {
      throw new IllegalArgumentException("'%s' is no address".formatted(address));
    }
    byte[] first = address.address().getAddress();
    int most = first.length * 8;
    int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
    if (bits < 0 || bits > most) {
      throw new IllegalArgumentException(
          "'%s' has %s bits; it must have 0 to %s".formatted(text, bits, most));
    }
    return new Range(text, first, bits);
  }

  boolean contains(InetAddress address) {
    byte[] bytes = address.getAddress();
    if (bytes.length != first.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((bytes[bit / 8] & mask) != (first[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return text;
  }
}
