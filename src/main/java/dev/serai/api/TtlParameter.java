package dev.serai.api;

import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;

/** Times of requests: how long something is kept. */
final class TtlParameter {

  private TtlParameter() {}

  /**
   * @throws Problem naming the field
   */
  static Duration parse(String field, String text) {
    try {
      return DurationStyle.detectAndParse(text);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw Problem.badRequest(
          "'%s' is '%s'; it must be a time such as 500ms, 30s, 5m, 1h or 7d"
              .formatted(field, text));
    }
  }
}
