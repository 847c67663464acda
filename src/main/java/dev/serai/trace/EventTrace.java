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
 * @param received the request that brought it, if one did
 */
public record EventTrace(SpanContext cause, SpanContext appended, SpanContext received) {

  static EventTrace of(@Nullable String cause, UUID id, boolean sampledHere) {
    SpanContext parent = cause == null ? SpanContext.getInvalid() : TraceText.parseLine(cause);
    long random = id.getLeastSignificantBits();
    return new EventTrace(
        parent,
        place(parent, id, SpanId.fromLong(random), sampledHere),
        place(parent, id, SpanId.fromLong(Long.rotateLeft(random, 32)), sampledHere));
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

  boolean isSampled() {
    return appended.isSampled();
  }
}
