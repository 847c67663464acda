package dev.serai.cloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/** When a task is due: at a time, after a while, or at once. */
final class TaskTime {

  private static final Duration LONGEST = Duration.ofDays(3_650);

  private final Clock clock;
  private String delay = "";
  private String at = "";

  TaskTime(Clock clock) {
    this.clock = clock;
  }

  void delay(String expression) {
    delay = expression;
  }

  void at(String expression) {
    at = expression;
  }

  /**
   * @throws IllegalArgumentException naming the parameter and its value, which are no time
   */
  Instant of(Exchange exchange) {
    String time = SimpleExpression.value(exchange, at).strip();
    if (!time.isEmpty()) {
      try {
        return Instant.parse(time);
      } catch (DateTimeParseException e) {
        throw refused("at", time, "be a time such as 2026-12-24T18:00:00Z", e);
      }
    }
    String wait = SimpleExpression.value(exchange, delay).strip();
    if (wait.isEmpty()) {
      return clock.instant();
    }
    return clock.instant().plus(span(wait));
  }

  private static Duration span(String wait) {
    @Nullable Exception cause = null;
    try {
      Duration span = DurationStyle.detectAndParse(wait);
      if (!span.isNegative() && span.compareTo(LONGEST) <= 0) {
        return span;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      cause = e;
    }
    throw refused("delay", wait, "be a time span such as 90s, 5m or 24h, ten years at most", cause);
  }

  private static IllegalArgumentException refused(
      String parameter, String value, String must, @Nullable Exception cause) {
    return new IllegalArgumentException(
        "task-create: parameter '%s' is '%s'; it must %s".formatted(parameter, value, must), cause);
  }
}
