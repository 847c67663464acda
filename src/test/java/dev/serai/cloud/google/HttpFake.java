package dev.serai.cloud.google;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * A server on loopback for those of Google's services that speak HTTP. Faults come before what a
 * service would answer, each for as many requests as it says.
 */
public final class HttpFake implements AutoCloseable {

  private final HttpServer server;
  private final ConcurrentLinkedDeque<Fault> faults = new ConcurrentLinkedDeque<>();
  private final List<String> seen = new CopyOnWriteArrayList<>();

  /** What happens to the next request that fits. */
  private record Fault(Predicate<HttpExchange> fits, HttpHandler what) {}

  public HttpFake() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** Its address, as an endpoint is configured. */
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** A service below a path. */
  public void serve(String path, HttpHandler service) {
    server.createContext(
        path,
        exchange -> {
          seen.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
          for (Fault fault : faults) {
            if (fault.fits.test(exchange) && faults.removeFirstOccurrence(fault)) {
              fault.what.handle(exchange);
              return;
            }
          }
          try (exchange) {
            service.handle(exchange);
          }
        });
  }

  /** Requests so far, by method, path and query. */
  public List<String> seen() {
    return seen;
  }

  /** The next so many requests whose address has this text get a status and a JSON body. */
  public void fail(int times, String text, int status, String json) {
    add(times, text, exchange -> answer(exchange, status, json));
  }

  /** They are read to their end, and their connection is cut without an answer. */
  public void cut(int times, String text) {
    add(
        times,
        text,
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.close();
        });
  }

  /** Their answer begins, and is cut after so many bytes. */
  public void cutAnswer(int times, String text, byte[] begin, long announced) {
    add(
        times,
        text,
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(200, announced);
          OutputStream out = exchange.getResponseBody();
          out.write(begin);
          out.flush();
          exchange.close();
        });
  }

  /** They get no answer for so long, and then 503. */
  public void slow(int times, String text, Duration time) {
    add(
        times,
        text,
        exchange -> {
          try {
            boolean ended = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
            assert !ended;
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          answer(exchange, 503, "{}");
        });
  }

  /** Any other fault. */
  public void add(int times, String text, HttpHandler what) {
    for (int i = 0; i < times; i++) {
      faults.add(new Fault(exchange -> exchange.getRequestURI().toString().contains(text), what));
    }
  }

  /** Forgets the faults that have not happened. */
  public void heal() {
    faults.clear();
  }

  /** Answers a request whose body is read to its end first. */
  public static void answer(HttpExchange exchange, int status, String json) throws IOException {
    exchange.getRequestBody().readAllBytes();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json; charset=UTF-8");
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    if (bytes.length > 0) {
      exchange.getResponseBody().write(bytes);
    }
    exchange.close();
  }

  /** An error as Google's JSON APIs have it. */
  public static String error(int status, String reason, String message) {
    return """
    {"error":{"code":%s,"message":"%s","errors":[{"domain":"global","reason":"%s","message":"%s"}]}}
    """
        .formatted(status, message, reason, message);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
