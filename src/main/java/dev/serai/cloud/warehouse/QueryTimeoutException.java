package dev.serai.cloud.warehouse;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A query that was stopped because it took too long. */
public final class QueryTimeoutException extends Exception {
  QueryTimeoutException(Duration timeout, @Nullable Throwable cause) {
    super("The query took longer than %s ms and was stopped".formatted(timeout.toMillis()), cause);
  }
}
