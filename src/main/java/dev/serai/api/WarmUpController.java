package dev.serai.api;

import dev.serai.webhook.WarmUp;
import java.time.Duration;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Rehearses requests in a running hub, so that the first real ones are quick. */
@RestController
class WarmUpController {

  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final WarmUp warmUp;

  WarmUpController(WarmUp warmUp) {
    this.warmUp = warmUp;
  }

  /**
   * Posts signed requests to the hub itself for some time, in transactions that are rolled back.
   *
   * @param duration how long, e.g. {@code 5s}; at most 30 s
   */
  @PostMapping("/api/v1/warm-up")
  WarmUp.Round rehearse(@RequestParam(defaultValue = "5s") String duration) throws Exception {
    Duration length;
    try {
      length = DurationStyle.detectAndParse(duration);
    } catch (IllegalArgumentException e) {
      throw badDuration(duration);
    }
    if (length.isNegative() || length.isZero() || length.compareTo(LONGEST) > 0) {
      throw badDuration(duration);
    }
    try {
      return warmUp.rehearse(length);
    } catch (IllegalStateException underWay) {
      throw Problem.conflict(String.valueOf(underWay.getMessage()));
    }
  }

  private static Problem badDuration(String duration) {
    return Problem.badRequest(
        "Parameter 'duration' is '%s'; it must be more than 0s and at most %ss"
            .formatted(duration, LONGEST.toSeconds()));
  }
}
