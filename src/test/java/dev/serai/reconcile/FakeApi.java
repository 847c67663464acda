package dev.serai.reconcile;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** A real HTTP server that answers as a provider's API does, or fails as one does. */
abstract class FakeApi implements AutoCloseable {

  private final HttpServer server;
  private final List<Map<String, String>> questions = new CopyOnWriteArrayList<>();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Trouble trouble;
  private volatile int answersBefore;

  FakeApi(String path) throws IOException {
    server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(path, this::handle);
    server.start();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Map<String, String> question = question(exchange);
      questions.add(question);
      Trouble now = trouble;
      if (now != null && answersBefore-- <= 0) {
        now.answer(exchange);
        return;
      }
      if (!mayAsk(exchange)) {
        send(exchange, 401, refusal(exchange));
        return;
      }
      send(exchange, 200, answer(exchange, question));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  abstract boolean mayAsk(HttpExchange exchange);

  /** What it says to a wrong key: providers tell it back. */
  abstract String refusal(HttpExchange exchange);

  abstract String answer(HttpExchange exchange, Map<String, String> question);

  private static Map<String, String> question(HttpExchange exchange) {
    Map<String, String> question = new TreeMap<>();
    String query = exchange.getRequestURI().getRawQuery();
    for (String pair : query.split("&")) {
      String[] parts = pair.split("=", 2);
      String name = URLDecoder.decode(parts[0], StandardCharsets.UTF_8);
      String value = URLDecoder.decode(parts[1], StandardCharsets.UTF_8);
      question.merge(name, value, (one, other) -> one + " " + other);
    }
    return question;
  }

  static void send(HttpExchange exchange, int status, String body, String... headers)
      throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
    }
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** From the question behind the next so many on it answers like this; null ends it. */
  void trouble(int after, @Nullable Trouble how) {
    answersBefore = after;
    trouble = how;
  }

  Trouble silence() {
    return exchange -> closing.await();
  }

  static Trouble error(int status, String... headers) {
    return exchange ->
        send(
            exchange,
            status,
            "{\"error\":{\"message\":\"trouble\",\"type\":\"api_error\"}}",
            headers);
  }

  List<Map<String, String>> questions() {
    return questions;
  }

  void forget() {
    questions.clear();
    trouble(0, null);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }

  static List<String> words(String text) {
    return Arrays.asList(text.split(" "));
  }

  /** A way to fail. */
  interface Trouble {
    void answer(HttpExchange exchange) throws IOException, InterruptedException;
  }
}
