package dev.serai.trace;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Makes the spans of the hub's own hops, of few traces. Which, follows from the id of the event
 * that a trace begins with: all hubs decide alike.
 */
public final class Tracing {

  private final @Nullable Tracer tracer;
  private final GivenIds ids;
  private final double share;
  private final Set<String> trusted;
  private final Clock clock;

  Tracing(@Nullable Tracer tracer, GivenIds ids, double share, Set<String> trusted, Clock clock) {
    this.tracer = tracer;
    this.ids = ids;
    this.share = tracer == null ? 0 : share;
    this.trusted = trusted;
    this.clock = clock;
  }

  /**
   * What a request says of its trace, or null if that is nothing or nonsense. Whether it is sampled
   * is the hub's decision, unless the source is trusted: strangers would fill the store otherwise.
   */
  public @Nullable SpanContext sent(
      String source, @Nullable String parent, @Nullable String state) {
    if (parent == null) {
      return null;
    }
    SpanContext sent = TraceText.parse(parent, state);
    if (!sent.isValid()) {
      return null;
    }
    boolean sampled =
        trusted.contains(source)
            ? sent.isSampled() && tracer != null
            : ThreadLocalRandom.current().nextDouble() < share;
    return SpanContext.createFromRemoteParent(
        sent.getTraceId(),
        sent.getSpanId(),
        sampled ? TraceFlags.getSampled() : TraceFlags.getDefault(),
        sent.getTraceState());
  }

  /**
   * Where an event is in its trace.
   *
   * @param cause what caused it, as {@link TraceText#line} says it; null if the trace begins with
   *     it
   */
  public EventTrace of(@Nullable String cause, UUID id) {
    return EventTrace.of(cause, id, cause == null && isSampled(id));
  }

  /** The same, or null if nobody is told of it: of most events. */
  public @Nullable EventTrace sampled(@Nullable String cause, UUID id) {
    if (tracer == null || cause == null && !isSampled(id)) {
      return null;
    }
    EventTrace trace = of(cause, id);
    return trace.isSampled() ? trace : null;
  }

  private boolean isSampled(UUID id) {
    return share > 0 && fraction(id) < share;
  }

  /** Its random bits as a number from 0 to 1; mixed, because ids of a moment follow one another. */
  static double fraction(UUID id) {
    long bits = id.getLeastSignificantBits() * 0x9E3779B97F4A7C15L;
    bits = (bits ^ (bits >>> 32)) * 0xD6E8FEB86659FD93L;
    bits ^= bits >>> 32;
    return (bits >>> 11) * 0x1.0p-53;
  }

  /** Begins a hop. */
  public Hop begin(String name, SpanKind kind, SpanContext parent) {
    if (tracer == null || !parent.isSampled()) {
      return new Hop(
          SpanContext.create(
              parent.getTraceId(),
              IdGenerator.random().generateSpanId(),
              TraceFlags.getDefault(),
              parent.getTraceState()),
          null);
    }
    Span span = builder(tracer, name, kind, parent).startSpan();
    return new Hop(span.getSpanContext(), span);
  }

  /**
   * Tells of a hop that has ended, if its trace is sampled.
   *
   * @param self its place, which others may know already
   * @param parent invalid if the trace begins with it
   * @param took up to now
   */
  public void ended(
      String name,
      SpanKind kind,
      SpanContext self,
      SpanContext parent,
      Duration took,
      Attributes attributes) {
    if (tracer == null || !self.isSampled()) {
      return;
    }
    Instant end = clock.instant();
    SpanBuilder span =
        builder(tracer, name, kind, parent)
            .setStartTimestamp(end.minus(took))
            .setAllAttributes(attributes);
    ids.give(self, span::startSpan).end(end);
  }

  private static SpanBuilder builder(
      Tracer tracer, String name, SpanKind kind, SpanContext parent) {
    return tracer
        .spanBuilder(name)
        .setSpanKind(kind)
        .setParent(Context.root().with(Span.wrap(parent)));
  }
}
