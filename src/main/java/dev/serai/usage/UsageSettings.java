package dev.serai.usage;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How usage is counted.
 *
 * @param keys how long the key of a record is known: a record that is sent again after that counts
 *     again; at least a day
 */
@Validated
@ConfigurationProperties("serai.usage")
record UsageSettings(@DefaultValue("35d") @NotNull Duration keys) {

  UsageSettings {
    if (keys.compareTo(Duration.ofDays(1)) < 0) {
      throw new IllegalArgumentException(
          "serai.usage.keys (SERAI_USAGE_KEYS) is %s; it must be at least a day".formatted(keys));
    }
  }
}
