package dev.serai.webhook;

import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import dev.serai.event.Rehearsal;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.HdrHistogram.ConcurrentHistogram;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;

/**
 * Before the hub says that it is ready, and later on request: posts signed requests to itself, over
 * HTTP, through the door and into transactions that are rolled back. Nothing of it stays.
 */
public final class WarmUp implements ApplicationRunner {

  static final String SOURCE = "serai-warm-up";

  private static final Logger log = LoggerFactory.getLogger(WarmUp.class);
  private static final int CONNECTIONS = 16;
  private static final String OPTIONS =
      "&path=/%1$s&scheme=stripe-v1&type=/type&key=/id&subject=/data/object/id&time=/created"
          + "&workspace=/data/object/metadata/workspace_id&volatile=/pending_webhooks&rate=0";

  private final ReentrantLock one = new ReentrantLock();
  private final Duration duration;
  private final Rehearsal rehearsal;
  private final SourceSecrets secrets;
  private final Door door;
  private final CamelContext camel;
  private final ServletWebServerApplicationContext context;
  private final Clock clock;

  WarmUp(
      Duration duration,
      Rehearsal rehearsal,
      SourceSecrets secrets,
      Door door,
      CamelContext camel,
      ServletWebServerApplicationContext context,
      Clock clock) {
    this.duration = duration;
    this.rehearsal = rehearsal;
    this.secrets = secrets;
    this.door = door;
    this.camel = camel;
    this.context = context;
    this.clock = clock;
  }

  @Override
  public void run(ApplicationArguments arguments) throws Exception {
    if (duration.isZero()) {
      return;
    }
    Round round = rehearse(duration);
    log.info("Warmed up with {} requests in {} s", round.requests(), duration.toMillis() / 1000.0);
  }

  /**
   * Rehearses for some time; beside what is going on.
   *
   * @throws IllegalStateException when a rehearsal is under way
   */
  public Round rehearse(Duration length) throws Exception {
    if (!one.tryLock()) {
      throw new IllegalStateException("A warm-up is under way");
    }
    try {
      return perform(length);
    } finally {
      one.unlock();
    }
  }

  /**
   * What was measured.
   *
   * @param requests how many were answered
   * @param perSecond the same by time
   * @param p50Millis half of them took at most so long
   * @param p95Millis 95 % of them took at most so long
   * @param p99Millis 99 % of them took at most so long
   */
  public record Round(
      int requests, double perSecond, double p50Millis, double p95Millis, double p99Millis) {}

  private Round perform(Duration length) throws Exception {
    Scheme scheme = new StripeV1();
    Secret secret = new Secret(scheme.newSecret(), null);
    secrets.give(SOURCE, secret);
    try (Rehearsal.Stage stage = rehearsal.open()) {
      camel.addRoutes(route(stage));
      return post(scheme, secret, length);
    } finally {
      camel.getRouteController().stopRoute(SOURCE);
      camel.removeRoute(SOURCE);
      door.metrics().forget(SOURCE);
    }
  }

  private static RouteBuilder route(Rehearsal.Stage stage) {
    return new RouteBuilder() {
      @Override
      public void configure() {
        errorHandler(noErrorHandler());
        from("inbound?source=" + SOURCE + OPTIONS.formatted(SOURCE))
            .id(SOURCE)
            .process(
                exchange ->
                    exchange.setProperty(
                        Receipt.PROPERTY,
                        stage.appendAndWait(
                            exchange.getProperty(NewEvent.PROPERTY, NewEvent.class))));
      }
    };
  }

  private Round post(Scheme scheme, Secret secret, Duration length) throws InterruptedException {
    int port = context.getWebServer().getPort();
    long end = System.nanoTime() + length.toNanos();
    var micros = new ConcurrentHistogram(TimeUnit.MINUTES.toMicros(1), 3);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CONNECTIONS; i++) {
      threads.add(
          Thread.ofVirtual()
              .name("warm-up-" + i)
              .start(
                  () -> {
                    try (WarmUpConnection connection = new WarmUpConnection(port)) {
                      LoadRequests load =
                          new LoadRequests(
                              scheme, secret, "localhost:" + port, "/webhooks/" + SOURCE, clock);
                      while (System.nanoTime() < end) {
                        byte[] request = load.next();
                        long begin = System.nanoTime();
                        connection.post(request);
                        micros.recordValue(
                            TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - begin));
                      }
                    } catch (IOException e) {
                      log.warn("The warm-up ends early: {}", e.getMessage());
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    return new Round(
        (int) micros.getTotalCount(),
        micros.getTotalCount() * 1000.0 / length.toMillis(),
        micros.getValueAtPercentile(50) / 1000.0,
        micros.getValueAtPercentile(95) / 1000.0,
        micros.getValueAtPercentile(99) / 1000.0);
  }
}
