package dev.serai.webhook;

import dev.serai.event.Sha256;
import java.util.Arrays;

/**
 * SHA-256 over the tokens of a JSON text, each with its kind and length, so that none runs into the
 * next.
 */
final class BodyHash {

  private byte[] buffer = new byte[4_096];
  private int length;

  void mark(char kind) {
    reserve(1);
    buffer[length++] = (byte) kind;
  }

  void text(char kind, String text) {
    begin(kind, text.length());
    for (int i = 0; i < text.length(); i++) {
      put(text.charAt(i));
    }
  }

  void text(char kind, char[] text, int offset, int count) {
    begin(kind, count);
    for (int i = offset; i < offset + count; i++) {
      put(text[i]);
    }
  }

  private void begin(char kind, int count) {
    reserve(5 + 3 * count);
    buffer[length++] = (byte) kind;
    for (int shift = 24; shift >= 0; shift -= 8) {
      buffer[length++] = (byte) (count >>> shift);
    }
  }

  /** ASCII takes one byte, all else a marker and two: unambiguous, and short for what is usual. */
  private void put(char c) {
    if (c < 0x80) {
      buffer[length++] = (byte) c;
    } else {
      buffer[length++] = (byte) 0xFF;
      buffer[length++] = (byte) (c >>> 8);
      buffer[length++] = (byte) c;
    }
  }

  private void reserve(int bytes) {
    if (buffer.length - length < bytes) {
      buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + bytes));
    }
  }

  byte[] finish() {
    return Sha256.of(buffer, length);
  }
}
