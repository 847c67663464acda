package dev.serai.redis;

import java.time.Duration;

/** Others held a lock for as long as was waited. */
public final class LockTimeoutException extends RuntimeException {

  LockTimeoutException(String resource, Duration timeout) {
    super("The lock of '%s' was held by others for %s ms".formatted(resource, timeout.toMillis()));
  }
}
