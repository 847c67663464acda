package dev.serai.cloud.warehouse;

import org.jspecify.annotations.Nullable;

/** A query that can't be answered as it is; no retry can mend that. */
public final class QueryRefusedException extends Exception {
  QueryRefusedException(String message) {
    super(message);
  }

  QueryRefusedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
