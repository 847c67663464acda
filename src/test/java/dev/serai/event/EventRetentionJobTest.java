package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import dev.serai.job.RunRecord;
import dev.serai.job.TestRuns;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What does the run of retention tell, and what becomes of one that fails? */
@EngineTurn
class EventRetentionJobTest {

  private static final LocalDate DAY = LocalDate.parse("2026-02-09");
  private static final int EVENTS = 2_500;

  private final TestHub hub = TestHub.engine();
  private final TestRuns runs = TestRuns.of(hub);
  private final JdbcClient jdbc = hub.database();
  private final String source = "source-" + UUID.randomUUID();

  @BeforeEach
  void nothingElseIsOld() {
    runs.run("event-retention", Map.of());
  }

  @AfterEach
  void noTrigger() {
    jdbc.sql("drop function if exists public.refuse() cascade").update();
  }

  @Test
  void itTellsWhatIsGone() {
    day();
    RunRecord run = runs.run("event-retention", Map.of());
    assertThat(run.result())
        .isEqualTo(
            "gone: %1$s deliveries, %1$s attempts, %1$s events, 1 days dropped, %2$s dedupe keys"
                .formatted(EVENTS - 1, EVENTS));
    assertThat(runs.lines(run.id()))
        .contains("dead letters: nothing")
        .contains(
            "events of 2026-02-09: %1$s deliveries, %1$s attempts, %1$s events, 1 days dropped"
                .formatted(EVENTS - 1))
        .contains("dedupe keys: %s dedupe keys".formatted(EVENTS));
    assertThat(run.progress()).isBetween(70, 99);
    assertThat(events()).as("the one whose delivery is open").isOne();
    assertThat(runs.run("event-retention", Map.of()).result()).isEqualTo("gone: nothing");
    assertThat(partitions()).as("the coming days are the engine's").isGreaterThanOrEqualTo(4);
  }

  @Test
  void oneThatFailsIsRepeatedAndForgetsTheRest() {
    day();
    jdbc.sql(
            """
            create function public.refuse() returns trigger language plpgsql as
              $$ begin raise exception 'no space left'; end $$;
            create trigger refuse before delete on serai.event_key
            for each statement execute function public.refuse();
            """)
        .update();
    UUID run = runs.begin("event-retention", Map.of());
    assertThat(runs.failed(run).detail()).contains("no space left");
    assertThat(keys()).isEqualTo(EVENTS);
    jdbc.sql("drop function public.refuse() cascade").update();
    runs.later(run);
    assertThat(runs.done(run).result()).contains(EVENTS + " dedupe keys");
    assertThat(keys()).isZero();
  }

  /** A day whose events are done but one, each with a failed attempt. */
  private void day() {
    jdbc.sql("select serai.add_day(:day)").param("day", DAY).query(Boolean.class).single();
    int subscription =
        hub.bean(Subscriptions.class).declare(source, List.of(source + ".*"), List.of(), 3).id();
    jdbc.sql(
            """
            with ids as (
              select overlay(gen_random_uuid()::text placing
                left(serai.least_id(:day::date + n * interval '20 s')::text, 15) from 1 for 15)::uuid as id, n
              from generate_series(1, :events) as n
            ), keyed as (
              insert into serai.event_key (source, key, event_id) select :source, id::text, id from ids
            ), stored as (
              insert into serai.event (id, source, type, time, received_at, content_type, key, body)
              select id, :source, :source || '.happened', :day::date, :day::date, 'application/json',
                id::text, '{}' from ids
            ), failed as (
              insert into serai.attempt (event_id, subscription_id, token, attempt, node, started_at,
                ended_at, cause)
              select id, :subscription, 1, 1, 1, now(), now(), 'timeout' from ids
            )
            insert into serai.delivery (event_id, subscription_id, state, open, due_at, finished_at)
            select id, :subscription, case n when 1 then 'ready' else 'done' end, n = 1,
              now() + interval '1 day', case when n > 1 then :day::date end
            from ids
            """)
        .param("day", DAY)
        .param("events", EVENTS)
        .param("source", source)
        .param("subscription", subscription)
        .update();
  }

  private long events() {
    return count("select count(*) from serai.event where source = :source");
  }

  private long keys() {
    return count("select count(*) from serai.event_key where source = :source");
  }

  private long partitions() {
    return jdbc.sql("select count(*) from pg_inherits where inhparent = 'serai.event'::regclass")
        .query(Long.class)
        .single();
  }

  private long count(String query) {
    return jdbc.sql(query).param("source", source).query(Long.class).single();
  }
}
