package dev.serai.event;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How fast events are replayed.
 *
 * @param rate deliveries a second of a replay that names no rate
 * @param maxRate deliveries a second of all replays together, over all hubs; none may ask for more
 */
@Validated
@ConfigurationProperties("serai.replays")
record ReplaySettings(
    @DefaultValue("500") @Min(1) @Max(100_000) int rate,
    @DefaultValue("2000") @Min(1) @Max(100_000) int maxRate) {

  ReplaySettings {
    if (rate > maxRate) {
      throw new IllegalArgumentException(
          "serai.replays.rate is %s; it must be at most serai.replays.max-rate, which is %s"
              .formatted(rate, maxRate));
    }
  }
}
