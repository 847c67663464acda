package dev.serai.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The places of an event in its trace. They follow from its id, so that no hub has to tell another.
 *
 * @param cause what caused it; invalid if the trace begins with it
 * @param appended its append, which its deliveries follow
 */
public record EventTrace(SpanContext cause, SpanContext appended) {

  static EventTrace of(@Nullable String cause, UUID id, boolean sampledHere) {
    SpanContext parent = cause == null ? SpanContext.getInvalid() : TraceText.parseLine(cause);
    String span = SpanId.fromLong(id.getLeastSignificantBits());
    return new EventTrace(parent, place(parent, id, span, sampledHere));
  }

  private static SpanContext place(SpanContext parent, UUID id, String span, boolean sampledHere) {
    return parent.isValid()
        ? SpanContext.create(
            parent.getTraceId(), span, parent.getTraceFlags(), parent.getTraceState())
        : SpanContext.create(
            id.toString().replace("-", ""),
            span,
            sampledHere ? TraceFlags.getSampled() : TraceFlags.getDefault(),
            TraceState.getDefault());
  }

  /** The request that brought it, if one did. */
  public SpanContext received() {
    long random = Long.parseUnsignedLong(appended.getSpanId(), 16);
    return SpanContext.create(
        appended.getTraceId(),
        SpanId.fromLong(Long.rotateLeft(random, 32)),
        appended.getTraceFlags(),
        appended.getTraceState());
  }

  boolean isSampled() {
    return appended.isSampled();
  }
}
