package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.UUID;

/** The shared hub, when all has happened that an alert tells of. */
final class TroubledHub {

  private static final String ROUTE =
      """
      - route:
          id: %1$s
          from:
            uri: inbound
            parameters: {source: %1$s, scheme: stripe-v1, type: /type, key: /id, rate: 1, burst: 5}
            steps:
              - %2$s
      """;

  private static final String DECIDING =
      """
      - route:
          id: %1$s
          routeConfigurationId: webhook-policy
          from:
            uri: inbound
            parameters:
              source: %1$s
              scheme: stripe-v1
              type: /type
              decide: 1s
              safeAnswer: "{}"
            steps:
              - throwException:
                  exceptionType: java.lang.IllegalStateException
                  message: of a test
      """;

  private static final TestHub HUB = TestHub.shared();

  private TroubledHub() {}

  /** What it said then; scraped once. */
  static Metrics metrics() {
    return Scraped.METRICS;
  }

  private static final class Scraped {
    private static final Metrics METRICS = scrape();
  }

  private static Metrics scrape() {
    String mark = UUID.randomUUID().toString().substring(0, 8);
    try (var route = HUB.routes(ROUTE.formatted("alert-" + mark, "to: {uri: event}"));
        var broken = HUB.routes(ROUTE.formatted("broken-" + mark, "log: nothing"));
        var guarded = TestHandler.of(HUB).with("breakerThreshold", 3).handle(exchange -> {});
        var undecided = HUB.routes(DECIDING.formatted("undecided-" + mark))) {
      refuse("alert-" + mark, "broken-" + mark);
      assertThat(sender("undecided-" + mark).post(event()).statusCode()).isEqualTo(200);
      deliver();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(
              () ->
                  !Metrics.of(HUB)
                      .all("serai_backlog_oldest_due_seconds", "subscription", guarded.id())
                      .isEmpty());
      await()
          .untilAsserted(
              () ->
                  assertThat(
                          Metrics.of(HUB)
                              .value(
                                  "serai_webhooks_secret_first_seen_seconds",
                                  "source",
                                  "alert-" + mark))
                      .isNotNaN());
      return Metrics.of(HUB);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void refuse(String source, String broken) throws Exception {
    assertThat(sender(source).post(event()).statusCode()).isEqualTo(200);
    assertThat(sender(source).post("{}").statusCode()).isEqualTo(400);
    assertThat(new StripeSender(HUB.url(), source, "a guess").post(event()).statusCode())
        .isEqualTo(401);
    await().until(() -> sender(source).post(event()).statusCode() == 429);
    assertThat(sender(broken).post(event()).statusCode()).isEqualTo(500);
  }

  private static StripeSender sender(String source) throws IOException {
    String secret = Files.readString(HUB.data().resolve("secrets").resolve(source)).strip();
    return new StripeSender(HUB.url(), source, secret);
  }

  private static String event() {
    return StripeSender.event("evt_" + UUID.randomUUID(), "of.a.test", "{}");
  }

  /** One delivery that is done, one that is dead, and one that another hub took over meanwhile. */
  private static void deliver() throws Exception {
    try (var handler =
        TestHandler.of(HUB)
            .with("retries", 0)
            .handle(
                exchange -> {
                  switch (String.valueOf(TestHandler.attribute(exchange, "subject"))) {
                    case "dead" -> throw new IllegalStateException("of a test");
                    case "lost" -> take(TestHandler.eventId(exchange));
                    default -> {}
                  }
                })) {
      handler.awaitState(handler.send("done"), "done");
      handler.awaitState(handler.send("dead"), "dead");
      UUID lost = handler.send("lost");
      await()
          .until(
              () ->
                  !Metrics.of(HUB)
                      .all("serai_deliveries_total", "subscription", handler.id(), "state", "lost")
                      .isEmpty());
      HUB.database()
          .sql("update serai.delivery set state = 'done', open = false where event_id = :id")
          .param("id", lost)
          .update();
    }
  }

  private static void take(UUID event) {
    HUB.database()
        .sql("update serai.delivery set token = token + 1 where event_id = :id")
        .param("id", event)
        .update();
  }
}
