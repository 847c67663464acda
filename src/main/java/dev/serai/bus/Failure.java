package dev.serai.bus;

import dev.serai.event.ErrorTypes;
import dev.serai.event.Event;
import dev.serai.event.SchemaViolationException;
import dev.serai.event.SensitiveBodyException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelExchangeException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.jspecify.annotations.Nullable;

/**
 * What an exception means for its delivery.
 *
 * @param cause the exception's simple name, or one of the hub's own words such as {@code timeout}
 * @param detail the same for people
 * @param fatal whether no retry can mend it
 * @param notBefore the time a remote side asked to wait for, or null
 */
record Failure(String cause, String detail, boolean fatal, @Nullable Instant notBefore) {

  /** A remote side may ask for patience, but not for ever. */
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(24);

  private static final int GONE = 410;

  private static final String REFUSED = "refused";

  static Failure timeout(Duration limit) {
    return new Failure(
        "timeout", "The attempt took longer than " + limit.toMillis() + " ms", false, null);
  }

  /**
   * A route says itself that one of its batch has failed; {@code fatal: refused} makes that final.
   * The reason may quote the body, which a sensitive event's may not be.
   */
  static Failure told(Event event, String reason, DeliveryPolicy policy) {
    String kept = event.sensitive() ? "Not kept, because the event is sensitive" : reason;
    return new Failure(REFUSED, kept, policy.fatal().contains(REFUSED), null);
  }

  static Failure of(Throwable thrown, DeliveryPolicy policy, Clock clock) {
    Throwable error = unwrap(thrown);
    String message = error.getMessage();
    String name = name(error.getClass());
    return new Failure(
        cause(error, name),
        message == null ? error.getClass().getName() : name + ": " + message,
        isLasting(error) || isGone(error) || isFatal(error, policy),
        retryAfter(error, clock).orElse(null));
  }

  /** The same without the messages of others: they quote what a handler does with a body. */
  Failure withoutMessages(Throwable thrown) {
    Throwable error = unwrap(thrown);
    String types = ErrorTypes.of(error);
    return new Failure(
        cause,
        error instanceof HttpOperationFailedException http
            ? "%s (status %s)".formatted(types, http.getStatusCode())
            : types,
        fatal,
        notBefore);
  }

  private static String cause(Throwable error, String name) {
    return switch (error) {
      case HopLimitException loop -> HopLimitException.CAUSE;
      case SchemaViolationException violation -> SchemaViolationException.CAUSE;
      case SensitiveBodyException body -> body.reason().word();
      default -> name;
    };
  }

  private static boolean isLasting(Throwable error) {
    return error instanceof HopLimitException
        || error instanceof SchemaViolationException
        || error instanceof SensitiveBodyException body && body.reason().isLasting();
  }

  /** An anonymous class goes by the name of its parent. */
  private static String name(Class<?> type) {
    Class<?> parent = type.getSuperclass();
    return type.getSimpleName().isEmpty() && parent != null ? name(parent) : type.getSimpleName();
  }

  /** The later of a time reckoned by backoff and the one the remote side asked for. */
  Instant retryAt(Instant backoff) {
    return notBefore != null && notBefore.isAfter(backoff) ? notBefore : backoff;
  }

  private static Throwable unwrap(Throwable thrown) {
    Throwable error = thrown;
    while ((error instanceof CamelExecutionException || error instanceof CamelExchangeException)
        && error.getCause() != null) {
      error = error.getCause();
    }
    return error;
  }

  /** Who answers 410 asks to be left alone (RFC 9110, Standard Webhooks). */
  private static boolean isGone(Throwable error) {
    return error instanceof HttpOperationFailedException http && http.getStatusCode() == GONE;
  }

  private static boolean isFatal(Throwable error, DeliveryPolicy policy) {
    for (Class<?> type = error.getClass(); type != null; type = type.getSuperclass()) {
      if (policy.fatal().contains(type.getSimpleName())
          || policy.fatal().contains(type.getName())) {
        return true;
      }
    }
    return false;
  }

  /** {@code Retry-After} of RFC 9110: seconds, or a date. */
  private static Optional<Instant> retryAfter(Throwable error, Clock clock) {
    if (!(error instanceof HttpOperationFailedException http)) {
      return Optional.empty();
    }
    Map<String, String> headers =
        http.getResponseHeaders() == null ? Map.of() : http.getResponseHeaders();
    return headers.entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase("Retry-After"))
        .findFirst()
        .flatMap(header -> parse(header.getValue().strip(), clock));
  }

  private static Optional<Instant> parse(String value, Clock clock) {
    Instant now = clock.instant();
    try {
      Instant asked =
          value.matches("\\d{1,9}")
              ? now.plusSeconds(Long.parseLong(value))
              : ZonedDateTime.parse(value, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
      Instant latest = now.plus(LONGEST_RETRY_AFTER);
      return Optional.of(asked.isAfter(latest) ? latest : asked);
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }
}
