package dev.serai.cloud.google;

import org.jspecify.annotations.Nullable;

/** Something is missing on our side before Google can be asked: credentials or the project. */
public final class GoogleException extends RuntimeException {

  GoogleException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
