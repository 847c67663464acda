package dev.serai.webhook;

import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import dev.serai.trace.EventTrace;
import dev.serai.trace.TraceText;
import dev.serai.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Enumeration;
import org.jspecify.annotations.Nullable;

/** What requests and traces have to do with one another: refused ones and copies are in none. */
record ReceiveHops(Tracing tracing) {

  /** The event, in the trace that its request names. */
  NewEvent joined(NewEvent event, HttpServletRequest request) {
    SpanContext sent =
        tracing.sent(event.source(), parent(request), request.getHeader(TraceText.STATE));
    return sent == null ? event : event.causedBy(TraceText.line(sent));
  }

  /** Two of them are as good as none. */
  private static @Nullable String parent(HttpServletRequest request) {
    Enumeration<String> headers = request.getHeaders(TraceText.PARENT);
    String first = headers.hasMoreElements() ? headers.nextElement() : null;
    return headers.hasMoreElements() ? null : first;
  }

  /** Its event is in the log. */
  void accepted(NewEvent event, Receipt receipt, long nanos) {
    if (receipt.status() != Receipt.Status.ACCEPTED || event.source().equals(WarmUp.SOURCE)) {
      return;
    }
    EventTrace trace = tracing.sampled(event.trace(), receipt.id());
    if (trace == null) {
      return;
    }
    tracing.ended(
        "receive " + event.source(),
        SpanKind.SERVER,
        trace.received(),
        trace.cause(),
        Duration.ofNanos(nanos),
        Attributes.of(AttributeKey.stringKey("serai.event.type"), event.type()));
  }
}
