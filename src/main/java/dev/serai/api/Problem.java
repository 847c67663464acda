package dev.serai.api;

import dev.serai.event.SchemaViolationException;
import dev.serai.event.SensitiveBodyException;
import java.net.URI;
import java.util.function.Supplier;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;

/** A request of the API that can't be done, as a problem of RFC 9457 with a {@code cause}. */
final class Problem extends RuntimeException {

  private final HttpStatus status;
  private final String cause;
  private final String detail;

  private Problem(HttpStatus status, String cause, String detail) {
    super(detail);
    this.status = status;
    this.cause = cause;
    this.detail = detail;
  }

  /** Something in the request is not what it must be; the detail names it. */
  static Problem badRequest(String detail) {
    return new Problem(HttpStatus.BAD_REQUEST, "bad_request", detail);
  }

  /**
   * What the call returns.
   *
   * @throws Problem in place of an {@link IllegalArgumentException}, whose message names the member
   */
  static <T> T checked(Supplier<T> call) {
    try {
      return call.get();
    } catch (IllegalArgumentException e) {
      throw badRequest(String.valueOf(e.getMessage()));
    }
  }

  static Problem notFound(String what, Object id) {
    return new Problem(
        HttpStatus.NOT_FOUND, "not_found", "There is no %s '%s'".formatted(what, id));
  }

  static Problem forbidden(String detail) {
    return new Problem(HttpStatus.FORBIDDEN, "forbidden", detail);
  }

  static Problem conflict(String detail) {
    return new Problem(HttpStatus.CONFLICT, "conflict", detail);
  }

  /** A body that can't be had: 410, if it never will be. */
  static Problem of(SensitiveBodyException failure) {
    HttpStatus status =
        failure.reason() == SensitiveBodyException.Reason.ERASED
            ? HttpStatus.GONE
            : HttpStatus.CONFLICT;
    String word = failure.reason().word().replace('-', '_');
    return new Problem(status, word, String.valueOf(failure.getMessage()));
  }

  /** An event whose data is not what its type promises; the detail names place and rule. */
  static Problem of(SchemaViolationException violation) {
    return new Problem(
        HttpStatus.BAD_REQUEST,
        SchemaViolationException.CAUSE,
        String.valueOf(violation.getMessage()));
  }

  static Problem unavailable(String detail) {
    return new Problem(HttpStatus.SERVICE_UNAVAILABLE, "storage", detail);
  }

  ProblemDetail body() {
    return body(status, cause, detail);
  }

  static ProblemDetail body(HttpStatus status, String cause, String detail) {
    ProblemDetail body = ProblemDetail.forStatusAndDetail(status, detail);
    body.setType(URI.create("about:blank"));
    body.setProperty("cause", cause);
    return body;
  }
}
