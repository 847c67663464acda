package dev.serai.cloud.topic;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Topics with serai.cloud=gcp; see topics.md.
 *
 * @param create whether topics and subscriptions that are missing are made, as it suits tests and
 *     development; otherwise they are made beforehand
 * @param maxMessages how many messages of each subscription a hub holds that are not in the log yet
 * @param maxBytes how many bytes those have together, and those that wait to be published to one
 *     topic, 10MB to 1GB
 * @param batchDelay how long the first message of a batch waits for others to be published with it,
 *     1ms to 1s
 */
@Validated
@ConfigurationProperties("serai.topics")
public record TopicSettings(
    @DefaultValue("false") boolean create,
    @DefaultValue("1000") @Min(1) @Max(100_000) int maxMessages,
    @DefaultValue("64MB") @NotNull DataSize maxBytes,
    @DefaultValue("2ms") @NotNull Duration batchDelay) {

  public TopicSettings {
    if (maxBytes.toMegabytes() < 10 || maxBytes.toMegabytes() > 1024) {
      throw new IllegalArgumentException(
          "serai.topics.max-bytes is %s; it must be 10MB to 1GB".formatted(maxBytes));
    }
    if (batchDelay.toMillis() < 1 || batchDelay.toMillis() > 1000) {
      throw new IllegalArgumentException(
          "serai.topics.batch-delay is %s; it must be 1ms to 1s".formatted(batchDelay));
    }
  }
}
