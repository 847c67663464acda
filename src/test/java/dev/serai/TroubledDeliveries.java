package dev.serai;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.camel.Exchange;

/** Deliveries that end as dead letters, are late, are taken over, or wait behind a breaker. */
final class TroubledDeliveries implements AutoCloseable {

  private static final String RECOVER =
      """
      - to: {id: '{id}-recover', uri: 'kamelet:recover-events', parameters: {source: %s, by: test}}
      """;

  private final TestHub hub;
  private final TestHandler calm;
  private final TestHandler failing;
  private final TestHandler late;
  private final TestHandler guarded;
  private final TestHandler recovering;

  TroubledDeliveries(TestHub hub, String lossy) throws Exception {
    this.hub = hub;
    calm = TestHandler.of(hub).handle(exchange -> {});
    failing = TestHandler.of(hub).with("retries", 0).handle(this::failOrLose);
    late = TestHandler.of(hub).with("backoff", "1ms").handle(this::delay);
    guarded =
        TestHandler.of(hub)
            .with("breakerThreshold", 3)
            .with("backoff", "1ms")
            .handle(exchange -> fail());
    recovering =
        TestHandler.of(hub)
            .then(RECOVER.formatted(lossy))
            .handle(exchange -> exchange.getMessage().setBody(lost()));
  }

  private static String lost() {
    return StripeSender.event("evt_" + UUID.randomUUID(), "of.a.test", "{}");
  }

  private void failOrLose(Exchange exchange) {
    if ("dead".equals(TestHandler.attribute(exchange, "subject"))) {
      throw new IllegalStateException("of a test");
    }
    // Another hub has taken it over meanwhile.
    update("update serai.delivery set token = token + 1", exchange, "event_id");
  }

  private static void fail() {
    throw new IllegalStateException("of a test");
  }

  private void delay(Exchange exchange) {
    if (TestHandler.attempt(exchange) == 1) {
      update("update serai.event set received_at = now() - interval '5 minutes'", exchange, "id");
      fail();
    }
  }

  private void update(String sql, Exchange exchange, String column) {
    hub.database()
        .sql("%s where %s = :id".formatted(sql, column))
        .param("id", TestHandler.eventId(exchange))
        .update();
  }

  void trouble() {
    calm.awaitState(calm.send(), "done");
    failing.awaitState(failing.send("dead"), "dead");
    double before = lostSoFar();
    UUID lost = failing.send("lost");
    await().atMost(Duration.ofSeconds(60)).until(() -> lostSoFar() > before);
    hub.database()
        .sql("update serai.delivery set state = 'done', open = false where event_id = :id")
        .param("id", lost)
        .update();
    late.awaitState(late.send(), "done");
    recovering.awaitState(recovering.send(), "done");
    for (int i = 0; i < 4; i++) {
      guarded.send();
    }
  }

  private double lostSoFar() {
    try {
      return Metrics.of(hub)
          .all("serai_deliveries_total", "subscription", failing.id(), "state", "lost")
          .stream()
          .mapToDouble(Metrics.Sample::value)
          .sum();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  void awaitMetrics() {
    TroubledHub.awaitValue(1, "serai_breaker_open", "subscription", guarded.id());
    TroubledHub.awaitValue(1, "serai_backlog_oldest_due_seconds", "subscription", guarded.id());
  }

  /** Those in trouble. */
  String ids() {
    return String.join(" ", failing.id(), late.id(), guarded.id());
  }

  String calm() {
    return calm.id();
  }

  @Override
  public void close() throws Exception {
    for (TestHandler handler : List.of(calm, failing, late, guarded, recovering)) {
      handler.close();
    }
  }
}
