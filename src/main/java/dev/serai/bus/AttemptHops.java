package dev.serai.bus;

import dev.serai.event.Claimed;
import dev.serai.event.NewEvent;
import dev.serai.trace.EventTrace;
import dev.serai.trace.Hop;
import dev.serai.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.SpanKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** The hops of one call of a handler: one for each delivery, after the append of its event. */
final class AttemptHops {

  private static final String SPAN_ID = "span_id";

  private final List<Claimed> deliveries;
  private final List<Hop> hops;

  private AttemptHops(List<Claimed> deliveries, List<Hop> hops) {
    this.deliveries = deliveries;
    this.hops = hops;
  }

  /**
   * Begins them; lines of the log say from here on which one they belong to, of a batch the first.
   */
  static AttemptHops begin(Tracing tracing, String subscription, List<Claimed> deliveries) {
    AttemptHops begun =
        new AttemptHops(
            deliveries,
            deliveries.stream().map(delivery -> begin(tracing, subscription, delivery)).toList());
    MDC.put(SPAN_ID, begun.first().context().getSpanId());
    return begun;
  }

  private static Hop begin(Tracing tracing, String subscription, Claimed delivery) {
    UUID id = delivery.event().id();
    return tracing
        .begin(
            "handle " + subscription,
            SpanKind.CONSUMER,
            tracing.of(delivery.trace(), id).appended())
        .with("serai.event.id", id.toString())
        .with("serai.event.type", delivery.event().type())
        .with("serai.attempt", String.valueOf(delivery.attempt()));
  }

  /** The one that what the handler causes belongs to. */
  Hop first() {
    return hops.getFirst();
  }

  /** They have ended, with what failed all of them, or some. */
  void end(@Nullable Throwable failure, Map<UUID, String> refused) {
    MDC.remove(SPAN_ID);
    for (int i = 0; i < hops.size(); i++) {
      String type = failure == null ? null : failure.getClass().getName();
      boolean isRefused = refused.containsKey(deliveries.get(i).event().id());
      hops.get(i).end(type == null && isRefused ? "refused" : type);
    }
  }

  /** Tells of an append; what a route emits is named by its type, what came by its source. */
  static void appended(Tracing tracing, NewEvent event, UUID id, long nanos) {
    EventTrace trace = tracing.sampled(event.trace(), id);
    if (trace == null) {
      return;
    }
    boolean emitted = event.causationId() != null;
    tracing.ended(
        emitted ? "emit " + event.type() : "append " + event.source(),
        SpanKind.PRODUCER,
        trace.appended(),
        event.isReceived() ? trace.received() : trace.cause(),
        Duration.ofNanos(nanos),
        io.opentelemetry.api.common.Attributes.of(
            AttributeKey.stringKey("serai.event.id"), id.toString(),
            AttributeKey.stringKey("serai.event.type"), event.type()));
  }
}
