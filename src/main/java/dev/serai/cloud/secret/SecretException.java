package dev.serai.cloud.secret;

import org.jspecify.annotations.Nullable;

/** A secret can't be had. The message says which, where it was looked for, and nothing of it. */
public final class SecretException extends RuntimeException {

  SecretException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
