package dev.serai.embedded;

import org.jspecify.annotations.Nullable;

/** An embedded PostgreSQL or Redis can't be prepared, started or stopped. */
public final class EmbeddedServerException extends RuntimeException {

  EmbeddedServerException(String message) {
    this(message, null);
  }

  EmbeddedServerException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
