package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.EngineTurn;
import dev.serai.Metrics;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What happens to deliveries whose receiver is down? */
@EngineTurn
class BreakerTest {

  private final TestHub hub = TestHub.engine();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean down = true;

  @Test
  void afterSoManyFailuresInARowNothingIsTriedUntilItIsClosed() throws Exception {
    try (var handler = handler().with("breakerPause", "1h").with("breakerMaxPause", "1h")) {
      handler.handle(exchange -> call());
      List<UUID> events = handler.log().append(handler.type(), 20);
      await().until(() -> breaker(handler).path("state").asText().equals("open"));
      await().until(() -> handler.log().count(handler.id(), "running") == 0);
      int tried = calls.get();
      assertThat(tried).isBetween(3, 20);
      await().during(Duration.ofMillis(1_500)).until(() -> calls.get() == tried);
      assertThat(attempts(handler)).as("only what was tried is counted").isEqualTo(tried);
      assertThat(handler.log().count(handler.id(), "ready")).isEqualTo(20);
      assertThat(breaker(handler).path("cause").asText()).isEqualTo("IllegalStateException");
      assertThat(breaker(handler).has("next_probe_at")).isTrue();
      assertThat(gauge(handler)).isOne();
      down = false;
      assertThat(close(handler)).isTrue();
      assertThat(close(handler)).as("a second time").isFalse();
      for (UUID event : events) {
        handler.awaitState(event, "done");
      }
      assertThat(breaker(handler).path("state").asText()).isEqualTo("closed");
      await().until(() -> gauge(handler) == 0);
    }
  }

  @Test
  void aDeliveryThatSucceedsAsAProbeClosesIt() throws Exception {
    try (var handler = handler().with("breakerPause", "200ms").with("breakerMaxPause", "400ms")) {
      handler.handle(exchange -> call());
      List<UUID> events = handler.log().append(handler.type(), 10);
      await().until(() -> pause(handler) == 400);
      assertThat(breaker(handler).path("opened").asInt()).as("probes don't count").isOne();
      down = false;
      for (UUID event : events) {
        handler.awaitState(event, "done");
      }
      await().until(() -> breaker(handler).path("state").asText().equals("closed"));
    }
  }

  @Test
  void itsOpeningAndClosingAreEvents() throws Exception {
    Set<String> told = ConcurrentHashMap.newKeySet();
    try (var news = TestHandler.of(hub).with("types", "breaker.*").with("sources", "serai");
        var handler = handler().with("breakerPause", "200ms")) {
      news.handle(
          exchange ->
              told.add(
                  TestHandler.attribute(exchange, "type")
                      + " "
                      + TestHandler.attribute(exchange, "subject")));
      handler.handle(exchange -> call());
      handler.log().append(handler.type(), 5);
      await().until(() -> told.contains("breaker.opened " + handler.id()));
      down = false;
      await().until(() -> told.contains("breaker.closed " + handler.id()));
    }
  }

  @Test
  void aSubscriptionWithoutOneShowsNone() throws Exception {
    try (var handler = TestHandler.of(hub).handle(exchange -> {})) {
      assertThat(breaker(handler).isMissingNode()).isTrue();
      assertThat(close(handler)).isFalse();
    }
    assertThat(post("nobody").status()).isEqualTo(404);
  }

  @Test
  void ofTwoHubsOneProbesAtATime() throws Exception {
    AtomicInteger atATime = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (TestHub two = hub.another(Map.of());
        var here = handler().with("breakerPause", "300ms").with("breakerMaxPause", "300ms")) {
      here.handle(exchange -> call());
      List<UUID> events = here.log().append(here.type(), 10);
      await().until(() -> breaker(here).path("state").asText().equals("open"));
      here.close();
      int before = calls.get();
      try (var again = here.handle(exchange -> probed(atATime, most));
          var there = here.on(two).handle(exchange -> probed(atATime, most))) {
        await().until(() -> calls.get() >= before + 4);
        assertThat(most).hasValue(1);
        down = false;
        for (UUID event : events) {
          again.awaitState(event, "done");
        }
      }
    }
  }

  private void probed(AtomicInteger atATime, AtomicInteger most) {
    int now = atATime.incrementAndGet();
    try {
      most.accumulateAndGet(down ? now : 0, Math::max);
      call();
    } finally {
      atATime.decrementAndGet();
    }
  }

  private TestHandler handler() {
    return TestHandler.of(hub)
        .with("retries", 100)
        .with("backoff", "10ms")
        .with("maxBackoff", "50ms")
        .with("concurrency", 2)
        .with("breakerThreshold", 3);
  }

  private void call() {
    calls.incrementAndGet();
    if (down) {
      throw new IllegalStateException("The receiver is down");
    }
  }

  private JsonNode breaker(TestHandler handler) throws IOException, InterruptedException {
    for (JsonNode row : Api.of(hub).get("/api/v1/subscriptions").json().path("subscriptions")) {
      if (row.path("name").asText().equals(handler.id())) {
        return row.path("breaker");
      }
    }
    throw new AssertionError("Not listed: " + handler.id());
  }

  private boolean close(TestHandler handler) throws IOException, InterruptedException {
    return post(handler.id()).json().path("changed").asBoolean();
  }

  private Api.Answer post(String name) throws IOException, InterruptedException {
    return Api.of(hub).post("/api/v1/subscriptions/%s/close-breaker".formatted(name), "");
  }

  private double gauge(TestHandler handler) throws Exception {
    return Metrics.of(hub).value("serai_breaker_open", "subscription", handler.id());
  }

  private int attempts(TestHandler handler) {
    return number("sum(x.attempts) from serai.delivery", handler);
  }

  private int pause(TestHandler handler) {
    return number("coalesce(max(x.pause_millis), 0) from serai.breaker", handler);
  }

  private int number(String what, TestHandler handler) {
    return hub.database()
        .sql(
            """
            select %s x join serai.subscription s on s.id = x.subscription_id where s.name = :name
            """
                .formatted(what))
        .param("name", handler.id())
        .query(Integer.class)
        .single();
  }
}
