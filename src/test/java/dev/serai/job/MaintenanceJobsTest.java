package dev.serai.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What do the jobs do that keep the hub clean? */
@EngineTurn
class MaintenanceJobsTest {

  private final TestHub hub = TestHub.engine();

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
    RunRecord run = run("purge-runs", Map.of("days", 7));
    assertThat(run.result()).isEqualTo("2500 runs older than 7 days deleted");
    assertThat(run.message()).isEqualTo("2500 runs deleted");
    assertThat(count("select count(*) from serai.run where job_id = -1")).isZero();
    assertThat(count("select count(*) from serai.run_line where line = 'old'")).isZero();
    assertThat(hub.bean(RunTable.class).run(run.id())).isNotNull();
  }

  @Test
  void tablesWithDeadRowsAreVacuumed() {
    hub.database()
        .sql(
            """
            create table if not exists public.worn as select generate_series(1, 5000) as n;
            update public.worn set n = n + 1;
            """)
        .update();
    await()
        .until(
            () ->
                count("select n_dead_tup from pg_stat_user_tables where relname = 'worn'") >= 5000);
    RunRecord run = run("vacuum", Map.of("rows", 5000));
    assertThat(run.result()).contains("tables").contains("dead rows left");
    List<String> lines =
        hub.bean(RunTable.class).lines(run.id(), 0, 100).stream().map(RunTable.Line::line).toList();
    assertThat(lines).anyMatch(line -> line.matches("public.worn: \\d+ dead rows"));
    assertThat(count("select vacuum_count from pg_stat_user_tables where relname = 'worn'"))
        .isOne();
    hub.database().sql("drop table public.worn").update();
  }

  private RunRecord run(String job, Map<String, ?> parameters) {
    UUID id = hub.bean(JobControl.class).run(job, parameters, null, "test");
    await().until(() -> !List.of("ready", "running").contains(state(id)));
    RunRecord run = hub.bean(RunTable.class).run(id);
    assertThat(run.state()).as(() -> String.valueOf(run)).isEqualTo("done");
    return run;
  }

  private String state(UUID id) {
    return hub.bean(RunTable.class).run(id).state();
  }

  private long count(String query) {
    return hub.database().sql(query).query(Long.class).single();
  }
}
