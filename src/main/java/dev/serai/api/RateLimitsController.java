package dev.serai.api;

import dev.serai.limit.RateLimits;
import dev.serai.limit.RateUse;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Limits of what services let their users ask: exact sliding windows over all hubs. */
@RestController
@RequestMapping("/api/v1/rate-limits")
class RateLimitsController {

  private final RateLimits limits;

  RateLimitsController(RateLimits limits) {
    this.limits = limits;
  }

  /**
   * Counts a request if it is within its limit. An answer that it is not has the status 200, too,
   * and Retry-After.
   */
  @PostMapping("/check")
  ResponseEntity<Checked> check(@RequestBody Check check) {
    return answer(
        Problem.checked(
            () ->
                limits.check(
                    check.required("subject", check.subject),
                    check.required("endpoint", check.endpoint),
                    check.tier,
                    Objects.requireNonNullElse(check.cost, 1))));
  }

  /** Says what a check would, and counts nothing. */
  @PostMapping("/peek")
  ResponseEntity<Checked> peek(@RequestBody Check check) {
    return answer(
        Problem.checked(
            () ->
                limits.peek(
                    check.required("subject", check.subject),
                    check.required("endpoint", check.endpoint),
                    check.tier,
                    Objects.requireNonNullElse(check.cost, 1))));
  }

  private static ResponseEntity<Checked> answer(RateUse use) {
    ResponseEntity.BodyBuilder answer = ResponseEntity.ok();
    if (!use.allowed()) {
      answer.header("Retry-After", Long.toString(use.retryAfter()));
    }
    return answer.body(
        new Checked(
            use.allowed(), use.limit(), use.remaining(), use.resetAt(), use.retryAt(), use.at()));
  }

  /**
   * A request to judge.
   *
   * @param subject who asks: a user, a key, a workspace; 1 to 200 characters
   * @param endpoint what is asked: any text of 1 to 200 characters; the first rule of the tier that
   *     matches counts
   * @param tier the subject's tier; that of serai.limits.subjects, else the default one, if missing
   * @param cost how much the request counts, 1 to the limit; 1, if missing
   */
  record Check(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String subject,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) @Nullable String endpoint,
      @Nullable String tier,
      @Nullable Integer cost) {

    private String required(String member, @Nullable String value) {
      if (value == null) {
        throw Problem.badRequest("'%s' is missing".formatted(member));
      }
      return value;
    }
  }

  /**
   * What a request found.
   *
   * @param allowed whether it is within its limit
   * @param limit most in any window
   * @param remaining how much more may be asked now
   * @param resetAt when all that is counted will have left the window
   * @param retryAt when the same would be allowed, if nobody else asks; at, if it is
   * @param at when it was judged, by Redis's clock
   */
  record Checked(
      boolean allowed, int limit, long remaining, Instant resetAt, Instant retryAt, Instant at) {}
}
