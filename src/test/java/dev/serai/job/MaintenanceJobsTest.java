package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What do the jobs do that keep the hub clean? */
@EngineTurn
class MaintenanceJobsTest {

  private final TestHub hub = TestHub.engine();
  private final TestRuns runs = TestRuns.of(hub);

  @Test
  void runsThatEndedLongAgoAreForgottenWithTheirLogs() {
    hub.database()
        .sql(
            """
            with old as (
              insert into serai.run (event_id, job_id, slot, kind, parameters)
              select overlay(gen_random_uuid()::text placing
                  left(serai.least_id(now() - interval '8 days' - n * interval '1 second')::text, 13)
                  from 1 for 13)::uuid,
                -1, now(), 'manual', '{}'
              from generate_series(1, 2500) as n returning event_id)
            insert into serai.run_line (event_id, number, at, attempt, line)
            select event_id, 1, now(), 1, 'old' from old
            """)
        .update();
    RunRecord run = runs.run("purge-runs", Map.of("days", 7));
    assertThat(run.result()).isEqualTo("2500 runs older than 7 days deleted");
    assertThat(run.message()).isEqualTo("2500 runs deleted");
    assertThat(count("select count(*) from serai.run where job_id = -1")).isZero();
    assertThat(count("select count(*) from serai.run_line where line = 'old'")).isZero();
    assertThat(runs.find(run.id())).isNotNull();
  }

  @Test
  void tablesWithDeadRowsAreVacuumedAndTheRunSaysWhatItCameTo() {
    for (String table : List.of("worn", "torn")) {
      hub.database()
          .sql(
              """
              create table public.%1$s with (autovacuum_enabled = false)
                as select generate_series(1, 20000) as n;
              delete from public.%1$s where n > 8000;
              do $$ begin perform pg_stat_force_next_flush(); end $$;
              """
                  .formatted(table))
          .update();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> count("select n_dead_tup from pg_stat_user_tables", table) >= 12_000);
    }
    long before = count("select pg_total_relation_size(relid) from pg_stat_user_tables", "worn");

    RunRecord run = runs.run("vacuum", Map.of("rows", 12_000));

    long after = count("select pg_total_relation_size(relid) from pg_stat_user_tables", "worn");
    assertThat(after).as("the end of the file was free").isLessThan(before);
    assertThat(run.result())
        .startsWith(
            "2 tables, 24000 dead rows cleared, 0 dead rows left, %s bytes given back; the database has"
                .formatted(2 * (before - after)));
    assertThat(runs.lines(run.id()))
        .contains(
            "public.worn: 12000 dead rows, 12000 of them cleared; %s bytes before, %s after"
                .formatted(before, after));
    assertThat(run.message()).startsWith("2 of 2 tables: public.");
    assertThat(run.progress()).isEqualTo(50);
    assertThat(count("select vacuum_count from pg_stat_user_tables", "worn")).isOne();
    assertThat(runs.run("vacuum", Map.of("rows", 12_000)).result())
        .isEqualTo("no table has 12000 dead rows");
    hub.database().sql("drop table public.worn; drop table public.torn").update();
  }

  @Test
  void oldExecutionsGoAndTheirSumsStay() {
    String workspace = "w" + UUID.randomUUID();
    executions(workspace, 2_500, 41);
    executions(workspace, 10, 39);

    RunRecord run = runs.run("old-executions", Map.of("days", 40));

    assertThat(run.result()).startsWith("2500 executions and 2500 contents before ");
    assertThat(run.message()).isEqualTo("2500 executions, 2500 contents deleted");
    assertThat(run.progress()).isEqualTo(100);
    assertThat(of(workspace, "analytics.execution")).isEqualTo(10);
    assertThat(of(workspace, "analytics.content")).isEqualTo(10);
    assertThat(of(workspace, "analytics.usage")).isEqualTo(2);
    assertThat(runs.run("old-executions", Map.of("days", 40)).result())
        .startsWith("0 executions and 0 contents before ");
  }

  @Test
  void nothingIsOldThatIsToCome() {
    String workspace = "w" + UUID.randomUUID();
    executions(workspace, 10, 1);
    for (String job : List.of("old-executions", "purge-runs")) {
      UUID run = runs.begin(job, Map.of("days", -5));
      assertThat(runs.ended(run).state()).isEqualTo("dead");
      assertThat(runs.failed(run).attempt()).isEqualTo(1);
      assertThat(runs.failed(run).detail())
          .contains("Parameter 'days' is -5; it must be 1 or more");
    }
    assertThat(of(workspace, "analytics.execution")).isEqualTo(10);
  }

  @Test
  void whatFailsHalfWayGoesOnWhereItWas() {
    String workspace = "w" + UUID.randomUUID();
    executions(workspace, 2_500, 51);
    hub.database()
        .sql(
            """
            create function public.no_more() returns trigger language plpgsql as $$
            begin
              if (select count(*) from analytics.execution where workspace = '%1$s') <= 1500 then
                raise exception 'the disk is on fire';
              end if;
              return old;
            end $$;
            create trigger no_more before delete on analytics.execution
            for each row when (old.workspace = '%1$s') execute function public.no_more();
            """
                .formatted(workspace))
        .update();
    UUID run = runs.begin("old-executions", Map.of("days", 50));
    assertThat(runs.failed(run).detail()).contains("the disk is on fire");
    assertThat(of(workspace, "analytics.execution")).isEqualTo(1_500);
    hub.database()
        .sql("drop trigger no_more on analytics.execution; drop function public.no_more")
        .update();
    runs.later(run);
    assertThat(runs.done(run).attempts()).isEqualTo(2);
    assertThat(of(workspace, "analytics.execution")).isZero();
  }

  /** So many of each, so many days ago, and their sums. */
  private void executions(String workspace, int number, int days) {
    hub.database()
        .sql(
            """
            with ids as (
              select gen_random_uuid() as id, now() - make_interval(days => :days) - n * interval '1 s' as at
              from generate_series(1, :number) as n
            ), executions as (
              insert into analytics.execution (event_id, workspace, id, agent, status, happened_at)
              select id, :workspace, id, 'writer', 'succeeded', at from ids
            ), contents as (
              insert into analytics.content (event_id, workspace, id, happened_at)
              select id, :workspace, id, at from ids
            )
            insert into analytics.usage (workspace, day, metric, quantity, events)
            values (:workspace, current_date - :days, 'agent_executions', :number, :number)
            """)
        .param("workspace", workspace)
        .param("number", number)
        .param("days", days)
        .update();
  }

  private long of(String workspace, String table) {
    return hub.database()
        .sql("select count(*) from %s where workspace = ?".formatted(table))
        .param(workspace)
        .query(Long.class)
        .single();
  }

  private long count(String query, String table) {
    return count(query + " where relname = '" + table + "'");
  }

  private long count(String query) {
    return hub.database().sql(query).query(Long.class).single();
  }
}
