package dev.serai.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** One step of a trace while it lasts: a span if the trace is sampled, else only its ids. */
public final class Hop {

  /** The exchange property under which a route finds the hop that it belongs to. */
  public static final String PROPERTY = "SeraiHop";

  private final SpanContext context;
  private final @Nullable Span span;

  Hop(SpanContext context, @Nullable Span span) {
    this.context = context;
    this.span = span;
  }

  /** The hop that a route belongs to; null outside of deliveries. */
  public static @Nullable Hop of(Exchange exchange) {
    return exchange.getProperty(PROPERTY, Hop.class);
  }

  /** Its place in the trace, for what it causes. */
  public SpanContext context() {
    return context;
  }

  boolean isSampled() {
    return span != null;
  }

  /** Says more of it. */
  public Hop with(String name, @Nullable String value) {
    if (span != null && value != null) {
      span.setAttribute(name, value);
    }
    return this;
  }

  /** Ends it; of a failure it says the type, since messages may quote what is secret. */
  public void end(@Nullable String failure) {
    if (span == null) {
      return;
    }
    if (failure != null) {
      span.setStatus(StatusCode.ERROR);
      span.setAttribute("error.type", failure);
    }
    span.end();
  }
}
