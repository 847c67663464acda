package dev.serai.archive;

/** A line or an object of the archive is not what was written; the message says how. */
public final class DamagedArchiveException extends Exception {

  DamagedArchiveException(String message) {
    super(message);
  }
}
