package dev.serai.cloud.topic;

/** A message can't be kept whenever it is tried. */
public final class UnfitMessageException extends RuntimeException {

  private final String reason;

  public UnfitMessageException(String reason, Throwable cause) {
    super(String.valueOf(cause.getMessage()), cause);
    this.reason = reason;
  }

  /** One word of a few: attribute, schema or data. */
  public String reason() {
    return reason;
  }
}
