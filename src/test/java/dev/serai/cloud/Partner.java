package dev.serai.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;

/** A real HTTP server that takes posts as a partner's would, and answers as told. */
final class Partner implements AutoCloseable {

  private final HttpServer server;
  private final List<Post> posts = new CopyOnWriteArrayList<>();
  private final Queue<Reply> replies = new ConcurrentLinkedQueue<>();
  private final CountDownLatch closing = new CountDownLatch(1);

  private Partner(HttpServer server) {
    this.server = server;
  }

  static Partner start() throws IOException {
    Partner partner = new Partner(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
    partner.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    partner.server.createContext("/", partner::take);
    partner.server.start();
    return partner;
  }

  /** Answers the next post like this; the last one told holds for all that follow. */
  Partner answer(Reply reply) {
    replies.add(reply);
    return this;
  }

  /** Answers nothing any more that it was told before. */
  Partner forget() {
    replies.clear();
    return this;
  }

  Partner answer(int status) {
    return answer(status, "{\"ok\":true}");
  }

  Partner answer(int status, String body, String... headers) {
    return answer(
        exchange -> {
          for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
          }
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
          exchange.getResponseBody().write(bytes);
        });
  }

  /** Never answers. */
  Partner silent() {
    return answer(exchange -> closing.await());
  }

  /** Begins to answer and goes on for ever. */
  Partner endless() {
    return answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          OutputStream body = exchange.getResponseBody();
          while (closing.getCount() > 0) {
            body.write("more ".repeat(1000).getBytes(StandardCharsets.UTF_8));
          }
        });
  }

  /** Sends the beginning of its answer and leaves the rest open. */
  Partner halting() {
    return answer(
        exchange -> {
          exchange.sendResponseHeaders(200, 1000);
          exchange.getResponseBody().write('x');
          exchange.getResponseBody().flush();
          closing.await();
        });
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      posts.add(
          new Post(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              Map.copyOf(exchange.getRequestHeaders()),
              exchange.getRequestBody().readAllBytes()));
      Reply reply = replies.size() > 1 ? replies.remove() : replies.element();
      reply.to(exchange);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  List<Post> posts() {
    return posts;
  }

  int port() {
    return server.getAddress().getPort();
  }

  String url() {
    return "http://127.0.0.1:" + port() + "/hooks";
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }

  /** A way to answer. */
  interface Reply {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }

  /** What was posted; the names of headers are as the server writes them: {@code Webhook-id}. */
  record Post(String method, String uri, Map<String, List<String>> headers, byte[] body) {

    String header(String name) {
      return String.join(", ", headers.getOrDefault(name, List.of()));
    }

    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }
  }
}
