package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Has each slot exactly one run while hubs are killed, and the clock of one of three is five
 * seconds ahead of the others'?
 *
 * <p>{@code -Dserai.jobs.long=true} makes it 200 jobs for three minutes.
 */
class JobSlotsIT {

  private static final boolean LONG = Boolean.getBoolean("serai.jobs.long");
  private static final int JOBS = LONG ? 200 : 20;
  private static final Duration EVERY = Duration.ofSeconds(LONG ? 5 : 2);
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(LONG ? 30 : 8);
  private static final int KILLS = LONG ? 6 : 2;

  private final Random random = new Random(Long.getLong("serai.seed", 6));

  @Test
  void eachSlotHasOneRunAndOneEffect() throws Exception {
    try (Cluster cluster = new Cluster("job-slots")) {
      JdbcClient jdbc = cluster.ledger().jdbc();
      jdbc.sql(
              """
              create table ledger.job_effect (job text not null, slot text not null);
              create schema ahead;
              create function ahead.clock_timestamp() returns timestamptz
                return pg_catalog.clock_timestamp() + interval '5 seconds';
              create role ahead superuser login password 'ahead';
              alter role ahead set search_path = ahead, pg_catalog, public;
              """)
          .update();
      String jobs =
          IntStream.range(0, JOBS).mapToObj(JobSlotsIT::job).collect(Collectors.joining());
      cluster.add(Map.of(), jobs).ensureReady();
      cluster.add(Map.of(), jobs);
      cluster.add(Map.of("SERAI_DATABASE_USER", "ahead", "SERAI_DATABASE_PASSWORD", "ahead"), jobs);
      cluster.awaitReady();
      for (int i = 0; i < KILLS; i++) {
        await().pollDelay(BETWEEN_KILLS).atMost(BETWEEN_KILLS.plusSeconds(30)).until(() -> true);
        cluster.hubs().get(random.nextInt(3)).kill9();
        cluster.restartTheDead();
      }
      cluster.awaitReady();
      await().pollDelay(BETWEEN_KILLS).atMost(BETWEEN_KILLS.plusSeconds(30)).until(() -> true);
      jdbc.sql("update serai.job set state = 'paused'").update();
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> number(jdbc, "select count(*) from serai.delivery where open") == 0);
      report(jdbc);
      assertThat(number(jdbc, "select count(distinct job_id) from serai.run")).isEqualTo(JOBS);
      assertThat(number(jdbc, SLOTS_WITHOUT_NEIGHBOUR.formatted(EVERY.toSeconds())))
          .as("slots left out")
          .isZero();
      assertThat(number(jdbc, "select count(*) - count(distinct (job_id, slot)) from serai.run"))
          .as("slots with two runs")
          .isZero();
      assertThat(
              number(
                  jdbc,
                  "select count(*) from serai.run r join serai.delivery d on d.event_id ="
                      + " r.event_id where d.state <> 'done'"))
          .as("runs that are not done")
          .isZero();
      assertThat(number(jdbc, "select count(*) from ledger.job_effect"))
          .isEqualTo(number(jdbc, "select count(*) from serai.run"));
      assertThat(
              number(jdbc, "select count(*) - count(distinct (job, slot)) from ledger.job_effect"))
          .as("effects twice")
          .isZero();
    }
  }

  private static final String SLOTS_WITHOUT_NEIGHBOUR =
      """
      select count(*) from (
        select slot - lag(slot) over (partition by job_id order by slot) as step from serai.run) r
      where step <> interval '%s seconds'
      """;

  private static String job(int number) {
    return """
    - route:
        id: job-%1$s
        description: Leaves a trace
        group: jobs
        routeConfigurationId: handler-policy
        from:
          id: job-%1$s-in
          description: Its slots
          uri: job
          parameters:
            name: many-%1$s
            every: %2$ss
            catchUp: all
            overlap: queue-all
            transaction: true
          steps:
            - to:
                id: job-%1$s-insert
                description: Leave a trace
                uri: sql
                parameters:
                  query: "insert into ledger.job_effect (job, slot)
                    values (:#${variable.job[job]}, :#${variable.job[slot]})"
    """
        .formatted(number, EVERY.toSeconds());
  }

  private static void report(JdbcClient jdbc) {
    List<Map<String, Object>> figures =
        jdbc.sql(
                """
                select r.kind, count(*), max(d.attempts) as attempts,
                  percentile_cont(0.99) within group (order by d.claimed_at - r.slot) as p99_late
                from serai.run r join serai.delivery d on d.event_id = r.event_id group by r.kind
                """)
            .query()
            .listOfRows();
    System.out.printf("runs of %s jobs: %s%n", JOBS, figures);
  }

  private static long number(JdbcClient jdbc, String query) {
    return jdbc.sql(query).query(Long.class).single();
  }
}
