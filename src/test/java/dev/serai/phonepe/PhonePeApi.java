package dev.serai.phonepe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A real HTTP server that gives tokens and answers as PhonePe's Status APIs do. */
public final class PhonePeApi implements AutoCloseable {

  public static final String CLIENT = "HUBTEST_CLIENT";
  public static final String SECRET = "a-client-secret-of-the-tests";

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpServer server;
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final AtomicInteger tokens = new AtomicInteger();
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile long life = 3_600;
  private volatile int tokenStatus = 200;
  private final Set<String> valid = ConcurrentHashMap.newKeySet();

  private PhonePeApi(HttpServer server) {
    this.server = server;
  }

  public static PhonePeApi start() throws IOException {
    PhonePeApi api = new PhonePeApi(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
    api.server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    api.server.createContext("/identity/v1/oauth/token", api::token);
    api.server.createContext("/pg/", api::status);
    api.server.start();
    return api;
  }

  /** Answers questions about an id like this. */
  public PhonePeApi answer(String id, Reply reply) {
    replies.put(id, reply);
    return this;
  }

  public PhonePeApi answer(String id, int status, String body, String... headers) {
    return answer(
        id,
        exchange -> {
          for (int i = 0; i < headers.length; i += 2) {
            exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
          }
          send(exchange, status, body);
        });
  }

  /** Answers with the members of a webhook's payload that the Status API has, too. */
  public PhonePeApi knows(String id, ObjectNode payload) {
    ObjectNode answer = payload.deepCopy();
    answer.remove(List.of("merchantId", "merchantOrderId", "currency", "timestamp"));
    answer.put("payableAmount", payload.path("amount").asLong());
    return answer(id, 200, answer.toString());
  }

  public PhonePeApi silent(String id) {
    return answer(id, exchange -> closing.await());
  }

  /** Begins to answer and cuts the connection. */
  public PhonePeApi cut(String id) {
    return answer(
        id,
        exchange -> {
          exchange.sendResponseHeaders(200, 1_000);
          exchange.getResponseBody().write('{');
          exchange.getResponseBody().flush();
          throw new IOException("cut");
        });
  }

  /** Tokens given so far count no more. */
  public void expire() {
    valid.clear();
  }

  /** How long tokens live that are given from now on, and with which status. */
  public void tokens(long seconds, int status) {
    life = seconds;
    tokenStatus = status;
  }

  private void token(HttpExchange exchange) throws IOException {
    try (exchange) {
      String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      tokens.incrementAndGet();
      boolean right =
          form.equals(
              "client_id=%s&client_secret=%s&client_version=1&grant_type=client_credentials"
                  .formatted(CLIENT, SECRET));
      if (!right || tokenStatus != 200) {
        send(
            exchange,
            right ? tokenStatus : 401,
            "{\"message\":\"no token for %s\"}".formatted(form));
        return;
      }
      String given = "token-%s-%s".formatted(tokens.get(), System.nanoTime());
      valid.add("O-Bearer " + given);
      // Its clock is three minutes slow.
      long issued = Instant.now().getEpochSecond() - 180;
      ObjectNode answer = JSON.createObjectNode();
      answer.put("access_token", given).put("token_type", "O-Bearer");
      answer.putNull("expires_in").put("issued_at", issued).put("expires_at", issued + life);
      send(exchange, 200, answer.toString());
    }
  }

  private void status(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().toString();
      calls.add(path);
      String shown = exchange.getRequestHeaders().getFirst("Authorization");
      if (shown == null || !valid.contains(shown)) {
        send(exchange, 401, "{\"code\":\"401\",\"message\":\"%s\"}".formatted(shown));
        return;
      }
      Reply reply = replies.get(id(path));
      if (reply == null) {
        send(exchange, 404, "{\"code\":\"ORDER_NOT_FOUND\"}");
      } else {
        reply.to(exchange);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static String id(String path) {
    return path.replaceAll("/status.*", "").replaceAll(".*/", "");
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().add("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  /** The paths of the calls about one id, or of all. */
  public List<String> calls(@Nullable String id) {
    return calls.stream().filter(path -> id == null || id.equals(id(path))).toList();
  }

  public int tokens() {
    return tokens.get();
  }

  public String url(String folder) {
    return "http://127.0.0.1:%s/%s".formatted(server.getAddress().getPort(), folder);
  }

  @Override
  public void close() {
    closing.countDown();
    server.stop(0);
  }

  /** A way to answer. */
  public interface Reply {
    void to(HttpExchange exchange) throws IOException, InterruptedException;
  }
}
