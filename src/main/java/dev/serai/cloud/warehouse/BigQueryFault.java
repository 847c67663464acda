package dev.serai.cloud.warehouse;

import com.google.api.client.googleapis.json.GoogleJsonError;
import com.google.api.client.googleapis.json.GoogleJsonResponseException;
import com.google.api.client.http.HttpResponseException;
import com.google.auth.Retryable;
import dev.serai.cloud.google.Denied;
import java.io.IOException;
import java.util.Set;

/** What a call of BigQuery's that did not end well means. */
record BigQueryFault(int status, String reason, String said, boolean mayPass) {

  static final int MISSING = 404;
  static final int EXISTS = 409;
  static final int CHANGED = 412;

  private static final Set<Integer> PASSING = Set.of(408, 429, 500, 502, 503, 504);
  private static final Set<String> PASSING_REASONS =
      Set.of("rateLimitExceeded", "jobRateLimitExceeded", "backendError", "internalError");

  static BigQueryFault of(IOException e) {
    if (!(e instanceof HttpResponseException answer)) {
      boolean mayPass = !(e instanceof Retryable auth) || auth.isRetryable();
      return new BigQueryFault(mayPass ? 0 : 401, "", e.toString(), mayPass);
    }
    GoogleJsonError details =
        e instanceof GoogleJsonResponseException google ? google.getDetails() : null;
    int status = answer.getStatusCode();
    if (details == null) {
      return new BigQueryFault(
          status, "", status + " " + answer.getStatusMessage(), PASSING.contains(status));
    }
    boolean told = details.getErrors() != null && !details.getErrors().isEmpty();
    String reason = told ? String.valueOf(details.getErrors().getFirst().getReason()) : "";
    boolean quota = "quotaExceeded".equals(reason);
    return new BigQueryFault(
        status,
        reason,
        String.valueOf(details.getMessage()),
        !quota && (PASSING.contains(status) || PASSING_REASONS.contains(reason)));
  }

  /** Whether it may have been done although nobody said so. */
  boolean mayBeDone() {
    return status == 0 || status == 408 || status >= 500;
  }

  /** Many things are 403 at BigQuery. */
  Denied.Kind kind() {
    return switch (reason) {
      case "rateLimitExceeded", "jobRateLimitExceeded", "quotaExceeded" -> Denied.Kind.QUOTA;
      case "backendError", "internalError" -> Denied.Kind.UNAVAILABLE;
      case "billingNotEnabled", "blocked" -> Denied.Kind.REFUSED;
      default -> Denied.Kind.of(status);
    };
  }
}
