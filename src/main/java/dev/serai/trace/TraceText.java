package dev.serai.trace;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A place in a trace as text: two headers, or one line that is kept with an event. */
public final class TraceText {

  public static final String PARENT = "traceparent";
  public static final String STATE = "tracestate";

  /** What of a {@code tracestate} is passed on at least, by W3C, and here at most. */
  private static final int LONGEST_STATE = 512;

  private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
  private static final TextMapGetter<Map<String, String>> FROM_MAP = new FromMap();

  private TraceText() {}

  /** What two headers say; invalid if the first is missing or not as W3C wants it. */
  static SpanContext parse(String parent, @Nullable String state) {
    boolean usable = state != null && state.length() <= LONGEST_STATE;
    Map<String, String> headers =
        usable ? Map.of(PARENT, parent, STATE, state) : Map.of(PARENT, parent);
    return Span.fromContext(W3C.extract(Context.root(), headers, FROM_MAP)).getSpanContext();
  }

  /** What {@link #line} has written. */
  static SpanContext parseLine(String line) {
    int space = line.indexOf(' ');
    return space < 0
        ? parse(line, null)
        : parse(line.substring(0, space), line.substring(space + 1));
  }

  /** As it is kept with an event. */
  public static String line(SpanContext context) {
    return String.join(" ", headers(context).values());
  }

  /** As it is sent to others. */
  public static Map<String, String> headers(SpanContext context) {
    Map<String, String> headers = new LinkedHashMap<>();
    W3C.inject(
        Context.root().with(Span.wrap(context)),
        headers,
        (carrier, name, value) -> headers.put(name, value));
    return headers;
  }

  private static final class FromMap implements TextMapGetter<Map<String, String>> {
    @Override
    public Iterable<String> keys(Map<String, String> carrier) {
      return carrier.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
      return carrier == null ? null : carrier.get(key);
    }
  }
}
