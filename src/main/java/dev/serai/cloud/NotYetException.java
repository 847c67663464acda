package dev.serai.cloud;

/** It is too early to say; the delivery's next attempt asks again. */
public final class NotYetException extends RuntimeException {

  /**
   * @param message what is waited for
   */
  public NotYetException(String message) {
    super(message);
  }
}
