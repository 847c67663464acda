package dev.serai.trace;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Takes spans by OTLP over HTTP, as a collector does, and requests of the sink that they lead to.
 */
final class OtlpReceiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Seen> spans = new CopyOnWriteArrayList<>();
  private final Map<String, String> posted = new ConcurrentHashMap<>();
  private volatile CountDownLatch up = new CountDownLatch(0);
  private volatile String authorization = "";

  private OtlpReceiver(HttpServer server) {
    this.server = server;
  }

  static OtlpReceiver start() throws IOException {
    OtlpReceiver receiver =
        new OtlpReceiver(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
    receiver.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    receiver.server.createContext("/v1/traces", receiver::take);
    receiver.server.createContext("/hooks", receiver::post);
    receiver.server.start();
    return receiver;
  }

  /**
   * A span.
   *
   * @param parent empty if the trace begins with it
   */
  record Seen(
      String trace, String id, String parent, String name, String kind, Map<String, String> tags) {}

  /** The spans of a trace, by arrival. */
  List<Seen> of(String trace) {
    return spans.stream().filter(span -> span.trace.equals(trace)).toList();
  }

  /** The {@code traceparent} of the post with this id. */
  String traceparent(String id) {
    return posted.getOrDefault(id, "");
  }

  String authorization() {
    return authorization;
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** Until the close nobody gets an answer. */
  Down down() {
    CountDownLatch until = new CountDownLatch(1);
    up = until;
    return until::countDown;
  }

  /** A time without answers. */
  interface Down extends AutoCloseable {
    @Override
    void close();
  }

  private void take(HttpExchange exchange) throws IOException {
    try {
      up.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    authorization = String.valueOf(exchange.getRequestHeaders().getFirst("Authorization"));
    ExportTraceServiceRequest.parseFrom(exchange.getRequestBody().readAllBytes())
        .getResourceSpansList()
        .stream()
        .flatMap(resource -> resource.getScopeSpansList().stream())
        .flatMap(scope -> scope.getSpansList().stream())
        .map(OtlpReceiver::seen)
        .forEach(spans::add);
    answer(exchange);
  }

  private void post(HttpExchange exchange) throws IOException {
    posted.put(
        exchange.getRequestHeaders().getFirst("webhook-id"),
        String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
    answer(exchange);
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
  }

  private static Seen seen(Span span) {
    HexFormat hex = HexFormat.of();
    return new Seen(
        hex.formatHex(span.getTraceId().toByteArray()),
        hex.formatHex(span.getSpanId().toByteArray()),
        hex.formatHex(span.getParentSpanId().toByteArray()),
        span.getName(),
        span.getKind().name().replace("SPAN_KIND_", ""),
        span.getAttributesList().stream()
            .collect(
                Collectors.toMap(tag -> tag.getKey(), tag -> tag.getValue().getStringValue())));
  }

  @Override
  public void close() {
    up.countDown();
    server.stop(0);
  }
}
