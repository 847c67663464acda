package dev.serai.webhook;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What is seen of an open source: how many secrets it has, how old they are and when they expire,
 * and when it was last heard of. Times are seconds since the epoch, NaN where there is none.
 */
final class SourceGauges {

  private static final String STATE = "state";

  private final MeterRegistry registry;
  private final SecretHistory history;

  SourceGauges(MeterRegistry registry, SecretHistory history) {
    this.registry = registry;
    this.history = history;
  }

  void open(Source source) {
    // A source that was never given a secret is closed on purpose: nobody is to be alerted.
    count(source, "valid", open -> open.isConfigured() ? open.secrets().size() : Double.NaN);
    count(source, "unusable", Source::unusableSecrets);
    time(
        source,
        "serai.webhooks.last.accepted",
        "When any hub last accepted a request",
        open -> history.lastUsed(open.name()));
    time(
        source,
        "serai.webhooks.secret.first.seen",
        "When the oldest secret that counts was first seen by any hub",
        open ->
            open.secrets().stream()
                .map(secret -> history.of(open.name(), secret).firstSeenAt())
                .filter(seen -> seen != null)
                .min(Comparator.naturalOrder())
                .orElse(null));
    time(
        source,
        "serai.webhooks.secret.next.expiry",
        "When the next secret expires",
        open -> next(open) instanceof Secret secret ? secret.expiry() : null);
    time(
        source,
        "serai.webhooks.secret.next.expiry.used",
        "When the secret that expires next was last used on any hub",
        open ->
            next(open) instanceof Secret secret
                ? history.of(open.name(), secret).lastUsedAt()
                : null);
    time(
        source,
        "serai.webhooks.secret.last.expiry",
        "When the last secret expires, if none is without an end",
        Source::closesAt);
  }

  private static @Nullable Secret next(Source source) {
    return source.secrets().stream()
        .filter(secret -> secret.expiry() != null)
        .min(Comparator.comparing(Secret::expiry))
        .orElse(null);
  }

  private void count(Source source, String state, ToDoubleFunction<Source> count) {
    Gauge.builder("serai.webhooks.secrets", source, count)
        .description("Configured secrets: those that count now, and those that can't be used")
        .tag(WebhookMetrics.SOURCE, source.name())
        .tag(STATE, state)
        .strongReference(true)
        .register(registry);
  }

  private void time(
      Source source, String name, String description, Function<Source, @Nullable Instant> time) {
    Gauge.builder(name, source, open -> seconds(time.apply(open)))
        .description(description)
        .baseUnit("seconds")
        .tag(WebhookMetrics.SOURCE, source.name())
        .strongReference(true)
        .register(registry);
  }

  private static double seconds(@Nullable Instant time) {
    return time == null ? Double.NaN : time.toEpochMilli() / 1000.0;
  }

  /** Takes a source's gauges away; what was counted of it stays. */
  void close(String source) {
    registry.getMeters().stream()
        .filter(meter -> source.equals(meter.getId().getTag(WebhookMetrics.SOURCE)))
        .filter(Gauge.class::isInstance)
        .forEach(registry::remove);
  }
}
