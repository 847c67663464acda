package dev.serai.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A developer's program that takes webhooks, and remembers them. */
public final class LocalProgram implements AutoCloseable {

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Function<Request, Integer> answer;

  /**
   * A request that it got.
   *
   * @param signature the header {@code Stripe-Signature}, or null
   */
  public record Request(
      String id, String type, String source, String contentType, String signature, byte[] body) {}

  /**
   * @param port 0 for any
   * @param answer the status for a request
   */
  public LocalProgram(int port, Function<Request, Integer> answer) throws IOException {
    this.answer = answer;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext("/", this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var headers = exchange.getRequestHeaders();
      Request request =
          new Request(
              headers.getFirst("serai-event-id"),
              headers.getFirst("serai-event-type"),
              headers.getFirst("serai-source"),
              headers.getFirst("Content-Type"),
              headers.getFirst("Stripe-Signature"),
              exchange.getRequestBody().readAllBytes());
      requests.add(request);
      exchange.sendResponseHeaders(answer.apply(request), -1);
    }
  }

  public String url() {
    return "http://127.0.0.1:%s/webhooks".formatted(server.getAddress().getPort());
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public List<Request> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
