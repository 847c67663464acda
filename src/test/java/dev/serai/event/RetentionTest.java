package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is forgotten when it is old, and what is not? */
@EngineTurn
class RetentionTest {

  private static final LocalDate DAY = LocalDate.parse("2026-02-03");
  private static final Instant NOON = DAY.atTime(12, 0).toInstant(ZoneOffset.UTC);

  private final TestHub hub = TestHub.engine();
  private final JdbcClient jdbc = hub.database();
  private final String source = "source-" + UUID.randomUUID();
  private int subscription;

  @BeforeEach
  void aDayOfFebruary() {
    jdbc.sql("select serai.add_day(:day)").param("day", DAY).query(Boolean.class).single();
    subscription =
        hub.bean(Subscriptions.class).declare(source, List.of(source + ".*"), List.of(), 3).id();
  }

  @Test
  void aDayWithNothingButFinishedDeliveriesIsDropped() throws Exception {
    UUID event = event("done");
    attempt(event);

    retain(Map.of());

    assertThat(partitions()).doesNotContain("event_20260203");
    assertThat(count("serai.event where id = ?", event)).isZero();
    assertThat(count("serai.delivery where event_id = ?", event)).isZero();
    assertThat(count("serai.attempt where event_id = ?", event)).isZero();
  }

  @Test
  void whatAnOpenDeliveryOrADeadLetterNeedsIsKept() throws Exception {
    UUID done = event("done");
    UUID ready = event("ready");
    UUID dead = event("dead");

    retain(Map.of());

    assertThat(partitions()).doesNotContain("event_20260203");
    assertThat(count("serai.event where id = ?", done)).isZero();
    assertThat(count("serai.event_kept where id = ?", ready)).isOne();
    assertThat(count("serai.event_kept where id = ?", dead)).isOne();
    assertThat(count("serai.delivery where event_id = ?", dead)).isOne();
  }

  @Test
  void aKeptEventGoesOnceItsDeliveriesHaveEnded() throws Exception {
    UUID event = event("ready");
    retain(Map.of());
    jdbc.sql("update serai.delivery set state = 'done', open = false where event_id = ?")
        .param(event)
        .update();

    retain(Map.of());

    assertThat(count("serai.event where id = ?", event)).isZero();
    assertThat(count("serai.delivery where event_id = ?", event)).isZero();
  }

  @Test
  void deadLettersAreForgottenAfterTheirOwnTime() throws Exception {
    UUID event = event("dead");
    RetentionParts.forget(retention(Duration.ofDays(100_000), Map.of()));
    assertThat(count("serai.event where id = ?", event)).isOne();

    RetentionParts.forget(retention(Duration.ofDays(1), Map.of()));

    assertThat(count("serai.event where id = ?", event)).isZero();
  }

  @Test
  void moreRowsThanOneStepTakesGoInSeveral() throws Exception {
    for (int i = 0; i < 2 * AgedRows.STEP + 7; i++) {
      event("done");
    }

    retain(Map.of());

    assertThat(count("serai.delivery where subscription_id = ?", subscription)).isZero();
    assertThat(count("serai.event_key where source = ?", source)).isZero();
  }

  @Test
  void aKeyIsKnownForItsSourcesWindow() throws Exception {
    event("done");

    retain(Map.of(source, Duration.ofDays(10_000)));
    assertThat(count("serai.event_key where source = ?", source)).isOne();

    retain(Map.of());
    assertThat(count("serai.event_key where source = ?", source)).isZero();
  }

  @Test
  void aSubscriptionWithoutARouteIsRetiredAndItsDeliveriesCancelled() throws Exception {
    UUID event = event("ready");
    jdbc.sql("update serai.subscription set declared_at = now() - interval '8 days' where id = ?")
        .param(subscription)
        .update();

    new Retirement(jdbc, hub.bean(Subscriptions.class)).run(Instant.now(), Duration.ofDays(7));

    assertThat(hub.bean(Subscriptions.class).find(source)).isEmpty();
    assertThat(
            jdbc.sql("select count(*) from serai.delivery where event_id = ? and open")
                .param(event)
                .query(Long.class)
                .single())
        .isZero();
  }

  @Test
  void todayAndTheNextDaysHaveTheirPartition() {
    LocalDate today = LocalDate.now(ZoneOffset.UTC);
    for (int i = 0; i <= 3; i++) {
      assertThat(partitions()).contains("event_" + today.plusDays(i).toString().replace("-", ""));
    }
  }

  private void retain(Map<String, Duration> keysBySource) throws InterruptedException {
    RetentionParts.forget(retention(Duration.ofDays(100_000), keysBySource));
  }

  private Retention retention(Duration deadLetters, Map<String, Duration> keysBySource) {
    RetentionSettings settings =
        new RetentionSettings(
            Duration.ofDays(30),
            deadLetters,
            Duration.ofDays(35),
            keysBySource,
            Duration.ofDays(30),
            Duration.ofDays(365),
            Duration.ofHours(1),
            Duration.ofDays(7));
    return new Retention(jdbc, settings, Clock.systemUTC());
  }

  /** An event of that day with one delivery. */
  private UUID event(String state) {
    UUID id =
        new UUID(
            EventIds.least(NOON).getMostSignificantBits() | 0x7000,
            UUID.randomUUID().getLeastSignificantBits());
    jdbc.sql(
            """
            with keyed as (
              insert into serai.event_key (source, key, event_id) values (:source, :key, :id)
            ), stored as (
              insert into serai.event (id, source, type, time, received_at, content_type, key, body)
              values (:id, :source, :source || '.happened', :noon, :noon, 'application/json', :key,
                '{}')
            )
            insert into serai.delivery (event_id, subscription_id, state, open, dead, due_at,
              finished_at)
            values (:id, :subscription, :state, :state = 'ready', :state = 'dead',
              now() + interval '1 day', case when :state <> 'ready' then :noon::timestamptz end)
            """)
        .param("source", source)
        .param("key", id.toString())
        .param("id", id)
        .param("noon", Times.utc(NOON))
        .param("subscription", subscription)
        .param("state", state)
        .update();
    return id;
  }

  private void attempt(UUID event) {
    jdbc.sql(
            """
            insert into serai.attempt (event_id, subscription_id, token, attempt, node, started_at,
              ended_at, cause)
            values (?, ?, 1, 1, 1, now(), now(), 'timeout')
            """)
        .param(event)
        .param(subscription)
        .update();
  }

  private long count(String from, Object parameter) {
    return jdbc.sql("select count(*) from " + from).param(parameter).query(Long.class).single();
  }

  private List<String> partitions() {
    return jdbc
        .sql(
            """
            select inhrelid::regclass::text from pg_inherits
            where inhparent = 'serai.event'::regclass
            """)
        .query(String.class)
        .list()
        .stream()
        .map(name -> name.replace("serai.", ""))
        .toList();
  }
}
