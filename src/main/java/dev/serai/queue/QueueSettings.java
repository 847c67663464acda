package dev.serai.queue;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Queues whose jobs workers outside of the hubs take.
 *
 * @param names queues that are there from the start, separated by commas, so that routes may emit
 *     jobs before anybody else has used them; others are made when they are first used
 * @param attempts attempts of a job of a queue that has no route; a route says it by {@code
 *     retries}
 * @param backoff the longest wait before a failed job's second attempt; it doubles with every
 *     further one
 * @param maxBackoff the most it grows to
 * @param dataLimit most bytes of a job's data
 * @param waits most requests that wait for a job on one hub; one more is answered at once
 */
@Validated
@ConfigurationProperties("serai.queues")
record QueueSettings(
    @DefaultValue List<String> names,
    @DefaultValue("5") @Min(1) @Max(1000) int attempts,
    @DefaultValue("5s") Duration backoff,
    @DefaultValue("10m") Duration maxBackoff,
    @DefaultValue("256KB") DataSize dataLimit,
    @DefaultValue("64") @Min(0) @Max(10_000) int waits) {

  QueueSettings {
    for (String name : names) {
      if (!QueueName.isValid(name)) {
        throw new IllegalArgumentException(
            "serai.queues.names (SERAI_QUEUES_NAMES) has '%s'; %s".formatted(name, QueueName.RULE));
      }
    }
    if (backoff.isNegative() || maxBackoff.compareTo(backoff) < 0) {
      throw new IllegalArgumentException(
          "serai.queues.backoff (SERAI_QUEUES_BACKOFF) is %s; it must be between 0 and max-backoff, %s"
              .formatted(backoff, maxBackoff));
    }
  }
}
