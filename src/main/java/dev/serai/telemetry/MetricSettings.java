package dev.serai.telemetry;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where metrics are posted to, beside {@code /metrics}, where they can be fetched.
 *
 * @param endpoint address of an OTLP receiver for metrics over HTTP, such as {@code
 *     http://collector:4318/v1/metrics} or {@code https://telemetry.googleapis.com/v1/metrics};
 *     empty: they are not posted
 * @param headers what the receiver wants to know its clients by, {@code Name: value}, several
 *     divided by {@code |}
 * @param every how often, 1s to 1h
 */
@ConfigurationProperties("serai.metrics")
record MetricSettings(
    @DefaultValue("") String endpoint,
    @DefaultValue("") String headers,
    @DefaultValue("1m") Duration every) {

  MetricSettings {
    if (every.compareTo(Duration.ofSeconds(1)) < 0 || every.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "serai.metrics.every is %s; it must be 1s to 1h".formatted(every));
    }
    if (!endpoint.matches("(https?://[^/?#@\\s]+(/[^?#\\s]*)?)?")) {
      throw new IllegalArgumentException(
          "serai.metrics.endpoint is '%s'; it must be an address such as http://collector:4318/v1/metrics"
              .formatted(endpoint));
    }
  }

  /** Without the headers, which are secret. */
  @Override
  public String toString() {
    return "MetricSettings[%s, %s]".formatted(endpoint, every);
  }
}
