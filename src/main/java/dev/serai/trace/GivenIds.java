package dev.serai.trace;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.trace.IdGenerator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Ids at random, but for a span whose ids follow from those of an event. */
final class GivenIds implements IdGenerator {

  private final ThreadLocal<@Nullable SpanContext> given = new ThreadLocal<>();

  /** What is begun meanwhile, by this thread, has these ids. */
  <T> T give(SpanContext ids, Supplier<T> begin) {
    given.set(ids);
    try {
      return begin.get();
    } finally {
      given.remove();
    }
  }

  @Override
  public String generateSpanId() {
    SpanContext ids = given.get();
    return ids == null ? IdGenerator.random().generateSpanId() : ids.getSpanId();
  }

  @Override
  public String generateTraceId() {
    SpanContext ids = given.get();
    return ids == null ? IdGenerator.random().generateTraceId() : ids.getTraceId();
  }
}
