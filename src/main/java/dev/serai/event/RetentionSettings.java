package dev.serai.event;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How long the record is kept.
 *
 * @param events events and their finished deliveries; whole days (UTC) are dropped, and what an
 *     open delivery or a dead letter still needs is kept beyond
 * @param deadLetters dead letters that nobody has retried
 * @param keys dedupe keys: how long a repeated event is known as one. It must be longer than any
 *     provider goes on repeating (Stripe: 3 days, by hand 30 days)
 * @param keysBySource the same for single sources, by their names
 * @param refusals requests refused at the door
 * @param audit changing calls of the API, in the audit log
 * @param sensitive bodies of sensitive events, from the end of their last delivery on
 * @param undeclared subscriptions that no running hub has a route for, before they are retired
 */
@Validated
@ConfigurationProperties("serai.retention")
record RetentionSettings(
    @DefaultValue("30d") @NotNull Duration events,
    @DefaultValue("90d") @NotNull Duration deadLetters,
    @DefaultValue("35d") @NotNull Duration keys,
    @DefaultValue Map<String, Duration> keysBySource,
    @DefaultValue("30d") @NotNull Duration refusals,
    @DefaultValue("365d") @NotNull Duration audit,
    @DefaultValue("1h") @NotNull Duration sensitive,
    @DefaultValue("7d") @NotNull Duration undeclared) {

  private static final Duration SHORTEST = Duration.ofDays(1);

  RetentionSettings {
    atLeastADay("events", events);
    atLeastADay("dead-letters", deadLetters);
    atLeastADay("keys", keys);
    keysBySource.forEach((source, window) -> atLeastADay("keys-by-source." + source, window));
    atLeastADay("refusals", refusals);
    atLeastADay("audit", audit);
    atLeastADay("undeclared", undeclared);
    if (sensitive.isNegative() || sensitive.compareTo(events) > 0) {
      throw new IllegalArgumentException(
          "serai.retention.sensitive is %s; it must be 0s to serai.retention.events, which is %s"
              .formatted(sensitive, events));
    }
  }

  private static void atLeastADay(String name, Duration value) {
    if (value.compareTo(SHORTEST) < 0) {
      throw new IllegalArgumentException(
          "serai.retention.%s is %s; it must be at least a day".formatted(name, value));
    }
  }
}
