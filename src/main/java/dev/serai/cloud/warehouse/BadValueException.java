package dev.serai.cloud.warehouse;

/** A value that its column doesn't take. */
final class BadValueException extends Exception {

  private final String reason;

  /**
   * @param reason one of {@link RowError}'s
   * @param message what is wrong with it, after the column's name
   */
  BadValueException(String reason, String message) {
    super(message);
    this.reason = reason;
  }

  String reason() {
    return reason;
  }
}
