package dev.serai.cloud.secret;

/** Whoever keeps a secret has no answer now: what was read before may still count. */
final class SecretAwayException extends RuntimeException {

  SecretAwayException(String message, Throwable cause) {
    super(message, cause);
  }
}
