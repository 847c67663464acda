package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.EngineTurn;
import dev.serai.Metrics;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to deliveries beyond the rate of their subscription? */
@EngineTurn
class RateTest {

  private static final TestHub HUB = TestHub.engine();

  @ParameterizedTest
  @CsvSource({"100/s,PT1S,10", "1000/m,PT1M,100", "5/h,PT1H,1", "' 7 / s ',PT1S,1"})
  void itIsReadFromARoute(String text, Duration unit, int burst) {
    Rate rate = Rate.parse(text);
    assertThat(rate.unit()).isEqualTo(unit);
    assertThat(rate.burst()).isEqualTo(burst);
    assertThat(rate.text()).isEqualTo(text.replace(" ", ""));
    assertThat(Rate.parse(rate.text())).isEqualTo(rate);
  }

  @ParameterizedTest
  @ValueSource(strings = {"0/s", "5", "5/d", "-1/s", "1.5/s", "/s", "many", "1234567/s"})
  void anotherTextIsRefused(String text) {
    assertThatThrownBy(() -> Rate.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'rate' is '" + text + "'");
  }

  @Test
  void theyStayReadyAndAreNotTried() throws Exception {
    try (var handler = TestHandler.of(HUB).with("rate", "1/h").handle(exchange -> {})) {
      List<UUID> events = handler.log().append(handler.type(), 3);
      await().until(() -> handler.log().count(handler.id(), "done") == 1);
      await().until(() -> held(handler) > 0.5);
      assertThat(handler.log().count(handler.id(), "done")).isOne();
      assertThat(handler.log().count(handler.id(), "ready")).isEqualTo(2);
      assertThat(events.stream().mapToInt(event -> handler.delivery(event).attempts()).sum())
          .isOne();
      JsonNode listed = listed(handler);
      assertThat(listed.path("rate").asText()).isEqualTo("1/h");
      assertThat(Instant.parse(listed.path("rate_next_at").asText()))
          .isAfter(Instant.now().plusSeconds(3_000));
    }
  }

  @Test
  void overTwoHubsNoMoreBeginThanItAllowsAndAllAreHandledOnce() throws Exception {
    try (TestHub two = HUB.another(Map.of());
        var here = TestHandler.of(HUB).with("rate", "40/s").handle(exchange -> {});
        var there = here.on(two).handle(exchange -> {})) {
      int count = 100;
      List<UUID> events = here.log().append(here.type(), count);
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> here.log().count(here.id(), "done") == count);
      assertThat(events).allSatisfy(e -> assertThat(here.delivery(e).attempts()).isOne());
      List<Instant> begun = begun(here);
      // The first four at once, then one every 25 ms; claims are stamped before they are made.
      for (int i = 0; i + 44 < count; i++) {
        assertThat(Duration.between(begun.get(i), begun.get(i + 44)))
            .isGreaterThan(Duration.ofMillis(900));
      }
      assertThat(there.type()).isEqualTo(here.type());
    }
  }

  @Test
  void whatCouldNotBeClaimedIsNotCounted() throws Exception {
    try (var handler = TestHandler.of(HUB).with("rate", "10/h").handle(exchange -> {})) {
      Rates rates = HUB.bean(Rates.class);
      Rate rate = Rate.parse("10/h");
      assertThat(rates.take(handler.id(), rate, 1).granted()).isOne();
      assertThat(rates.take(handler.id(), rate, 1).granted()).isZero();
      rates.take(handler.id(), rate, -1);
      assertThat(rates.nextAt(handler.id(), "10/h")).isNull();
      handler.awaitState(handler.send(), "done");
      assertThat(rates.nextAt(handler.id(), "10/h")).isNotNull();
    }
  }

  private static double held(TestHandler handler) throws Exception {
    return Metrics.of(HUB)
        .all("serai_delivery_held_seconds_total", "subscription", handler.id(), "by", "rate")
        .stream()
        .mapToDouble(Metrics.Sample::value)
        .sum();
  }

  private static JsonNode listed(TestHandler handler) throws Exception {
    for (JsonNode row : Api.of(HUB).get("/api/v1/subscriptions").json().path("subscriptions")) {
      if (row.path("name").asText().equals(handler.id())) {
        return row;
      }
    }
    throw new AssertionError("Not listed: " + handler.id());
  }

  private static List<Instant> begun(TestHandler handler) {
    return HUB.database()
        .sql(
            """
            select d.claimed_at from serai.delivery d
            join serai.subscription s on s.id = d.subscription_id
            where s.name = :name order by 1
            """)
        .param("name", handler.id())
        .query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
        .list();
  }
}
