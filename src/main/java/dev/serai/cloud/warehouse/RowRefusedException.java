package dev.serai.cloud.warehouse;

/** A single row that its table doesn't take; no retry can mend that. */
public final class RowRefusedException extends Exception {
  RowRefusedException(String message) {
    super(message);
  }
}
