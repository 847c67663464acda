package dev.serai.cloud.storage;

import com.google.auth.Retryable;
import com.google.cloud.storage.StorageException;
import dev.serai.cloud.google.Denied;
import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleException;
import dev.serai.cloud.storage.ObjectException.BucketUnavailableException;
import dev.serai.cloud.storage.ObjectException.ObjectRefusedException;
import org.jspecify.annotations.Nullable;

/**
 * What an answer of Cloud Storage's means to who asked for something in a bucket.
 *
 * @param bucket as routes call it
 * @param outside as it is called there
 * @param account who asks
 */
record GoogleFailure(String bucket, String outside, GoogleAccount account) {

  /**
   * The error of a route.
   *
   * @param permission what is needed for what was asked
   */
  ObjectException of(RuntimeException failure, String permission) {
    String text = text(failure, permission);
    return kind(failure) == Denied.Kind.REFUSED
        ? new ObjectRefusedException(text)
        : BucketUnavailableException.saying(text, failure);
  }

  /** What is wrong, and what would be right. */
  String text(RuntimeException failure, String permission) {
    if (failure instanceof GoogleException) {
      return "Bucket '%s' of %s can't be used: %s".formatted(outside, property(), said(failure));
    }
    return denied(kind(failure), permission, said(failure));
  }

  /** Some permissions that the account lacks. */
  String lacking(String permissions) {
    return denied(Denied.Kind.FORBIDDEN, permissions, "not granted to this account");
  }

  private String denied(Denied.Kind kind, String permission, String said) {
    String what = "Bucket '%s'".formatted(outside);
    return Denied.text(kind, what, permission, property(), account.described(), said);
  }

  private String property() {
    return "serai.buckets." + bucket;
  }

  private static Denied.Kind kind(RuntimeException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Retryable token && !token.isRetryable()) {
        // Who gives out tokens does not know us; that comes without a number.
        return Denied.Kind.UNAUTHENTICATED;
      }
    }
    return Denied.Kind.of(failure instanceof StorageException known ? known.getCode() : 0);
  }

  private static String said(@Nullable Throwable failure) {
    String message = failure == null ? null : failure.getMessage();
    return message == null || message.isBlank() ? String.valueOf(failure) : message;
  }
}
