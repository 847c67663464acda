package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.serai.cloud.google.GoogleHub;
import dev.serai.cloud.google.HttpFake;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The REST protocol of BigQuery, as far as clients of the hub speak it, with DuckDB behind it.
 * Faults that come before a request are those of {@link HttpFake}; here are those after it.
 */
public final class BigQueryFake {

  static final String PATH = "/bigquery/v2/";
  static final String LOCATION = "asia-south1";
  static final ObjectMapper JSON = new ObjectMapper();

  private static final class Shared {
    private static final BigQueryFake FAKE = new BigQueryFake("analytics").on(GoogleHub.http());
  }

  final FakeTables tables;
  final FakeJobs jobs;

  /** How many of the next answers to requests with such a text are lost, after all was done. */
  final AtomicInteger lost = new AtomicInteger();

  /** How many requests have no answer yet. */
  final AtomicInteger underWay = new AtomicInteger();

  volatile String lostOf = "insertAll";

  /** How long each call takes at least. */
  volatile Duration latency = Duration.ZERO;

  /** Whose dataset it is. */
  volatile String project = GoogleHub.PROJECT;

  /** The only token that counts; null if none is needed. */
  volatile @Nullable String token;

  /**
   * @param dataset the only one that there is
   */
  public BigQueryFake(String dataset) {
    FakeDuck duck = new FakeDuck(dataset);
    tables = new FakeTables(duck, dataset);
    jobs = new FakeJobs(duck, tables);
  }

  /** That of the hub that tests share. */
  static BigQueryFake shared() {
    return Shared.FAKE;
  }

  /** Serves it there. */
  public BigQueryFake on(HttpFake server) {
    server.serve(PATH, this::answer);
    return this;
  }

  /** A number that a question has for an answer. */
  public long number(String sql) {
    return tables.count(sql);
  }

  /** An answer that is no success. */
  static final class Refusal extends Exception {
    final int status;
    final String reason;

    Refusal(int status, String reason, String message) {
      super(message);
      this.status = status;
      this.reason = reason;
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    underWay.incrementAndGet();
    try {
      judge(exchange);
    } finally {
      underWay.decrementAndGet();
    }
  }

  private void judge(HttpExchange exchange) throws IOException {
    LockSupport.parkNanos(latency.toNanos());
    JsonNode body = body(exchange);
    String[] path = exchange.getRequestURI().getPath().substring(PATH.length()).split("/", -1);
    String method = exchange.getRequestHeaders().getFirst("X-HTTP-Method-Override");
    try {
      String shown = exchange.getRequestHeaders().getFirst("Authorization");
      if (token != null && !("Bearer " + token).equals(shown)) {
        throw new Refusal(401, "authError", "Request had invalid authentication credentials.");
      }
      if (!path[1].equals(project)) {
        throw new Refusal(404, "notFound", "Not found: Project " + path[1]);
      }
      JsonNode answer =
          "datasets".equals(path[2])
              ? tables.answer(
                  method == null ? exchange.getRequestMethod() : method,
                  path,
                  body,
                  exchange.getRequestHeaders().getFirst("If-Match"))
              : jobs.answer(exchange.getRequestMethod(), path, body, query(exchange));
      if (exchange.getRequestURI().getPath().contains(lostOf)
          && lost.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
        exchange.close();
        return;
      }
      HttpFake.answer(exchange, 200, answer.toString());
    } catch (Refusal e) {
      HttpFake.answer(exchange, e.status, error(e).toString());
    } catch (RuntimeException e) {
      e.printStackTrace();
      throw e;
    }
  }

  private static ObjectNode error(Refusal e) {
    ObjectNode error = JSON.createObjectNode();
    ObjectNode inside =
        error.putObject("error").put("code", e.status).put("message", e.getMessage());
    inside
        .putArray("errors")
        .addObject()
        .put("domain", "global")
        .put("reason", e.reason)
        .put("message", e.getMessage());
    return error;
  }

  private static JsonNode body(HttpExchange exchange) throws IOException {
    boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
    byte[] bytes = exchange.getRequestBody().readAllBytes();
    if (packed) {
      bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
    }
    return bytes.length == 0 ? JSON.createObjectNode() : JSON.readTree(bytes);
  }

  private static Map<String, String> query(HttpExchange exchange) {
    Map<String, String> values = new java.util.HashMap<>();
    String query = exchange.getRequestURI().getQuery();
    if (query != null) {
      for (String pair : query.split("&", -1)) {
        String[] parts = pair.split("=", 2);
        values.put(parts[0], parts[1]);
      }
    }
    return values;
  }

  /** Takes all faults back. */
  void heal() {
    lost.set(0);
    lostOf = "insertAll";
    latency = Duration.ZERO;
    project = GoogleHub.PROJECT;
    token = null;
    tables.heal();
    jobs.bytes = 0;
  }
}
