package dev.serai.trace;

import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where traces go, and how many.
 *
 * @param endpoint address of an OTLP receiver for traces over HTTP, such as {@code
 *     http://collector:4318/v1/traces}; empty: no trace is sampled
 * @param headers what the receiver wants to know its clients by, {@code Name: value}, several
 *     divided by {@code |}
 * @param sampling share of the traces that are sampled, 0 to 1
 * @param trusted sources whose word counts whether a trace is sampled, by the header {@code
 *     traceparent}; of all others only the trace id is taken over
 * @param exportEvery how long spans wait at most before they are posted, many at a time
 * @param queue how many spans wait at most; those beyond are dropped and counted
 */
@ConfigurationProperties("serai.tracing")
record TracingSettings(
    @DefaultValue("") String endpoint,
    @DefaultValue("") String headers,
    @DefaultValue("0.01") double sampling,
    @DefaultValue Set<String> trusted,
    @DefaultValue("5s") Duration exportEvery,
    @DefaultValue("4096") int queue) {

  TracingSettings {
    if (!(sampling >= 0 && sampling <= 1)) {
      throw new IllegalArgumentException(
          "serai.tracing.sampling is %s; it must be 0 to 1".formatted(sampling));
    }
    if (queue < 1) {
      throw new IllegalArgumentException(
          "serai.tracing.queue is %s; it must be 1 or more".formatted(queue));
    }
  }

  /** Without the headers, which are secret. */
  @Override
  public String toString() {
    return "TracingSettings[%s, %s]".formatted(endpoint, sampling);
  }
}
