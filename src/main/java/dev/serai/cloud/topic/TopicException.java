package dev.serai.cloud.topic;

import org.jspecify.annotations.Nullable;

/** Pub/Sub did not do what was asked; the message says what of it, and what would be right. */
public final class TopicException extends RuntimeException {

  TopicException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
