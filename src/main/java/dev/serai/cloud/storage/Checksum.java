package dev.serai.cloud.storage;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32C;

/** A CRC32C that is added up, written as Google's storage writes it. */
final class Checksum {

  private final CRC32C crc = new CRC32C();
  private long size;

  void update(byte[] bytes, int from, int length) {
    crc.update(bytes, from, length);
    size += length;
  }

  /** Of how many bytes. */
  long size() {
    return size;
  }

  /** The base64 of its four bytes, the highest first. */
  @Override
  public String toString() {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bytes);
  }
}
