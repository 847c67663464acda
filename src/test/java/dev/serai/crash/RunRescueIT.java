package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What becomes of a job's run whose hub is killed, or stands still and wakes up when another has
 * begun it again?
 */
class RunRescueIT {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Longer than a lease; only the first attempt takes its time. */
  private static final String JOBS =
      """
      - route:
          id: job-slow
          description: Takes its time
          group: jobs
          routeConfigurationId: handler-policy
          from:
            id: job-slow-in
            description: On request
            uri: job
            parameters:
              name: slow
              transaction: true
            steps:
              - choice:
                  id: job-slow-choice
                  description: Which attempt
                  when:
                    - id: job-slow-first
                      description: The first takes its time
                      expression:
                        simple:
                          expression: "${variable.job[attempt]} == 1"
                      steps:
                        - delay:
                            id: job-slow-delay
                            description: It goes on after this
                            expression:
                              constant:
                                expression: "25000"
              - to:
                  id: job-slow-insert
                  description: Leave a trace
                  uri: sql
                  parameters:
                    query: "insert into ledger.slow (run, attempt)
                      values (:#${variable.event[id]}, :#${variable.job[attempt]}::int)"
      """;

  @Test
  void anotherHubBeginsItAgainAndTheOldCompletionIsRefused() throws Exception {
    try (Cluster cluster = new Cluster("run-rescue")) {
      JdbcClient jdbc = cluster.ledger().jdbc();
      jdbc.sql("create table ledger.slow (run text not null, attempt int not null)").update();
      cluster.add(Map.of(), JOBS).ensureReady();
      cluster.add(Map.of(), JOBS);
      cluster.awaitReady();

      String frozenRun = run(cluster);
      HubProcess frozen = hubOf(cluster, jdbc, frozenRun);
      frozen.signal("STOP");
      double frozenFor = awaitSecondAttempt(jdbc, frozenRun);
      awaitDone(jdbc, frozenRun);
      frozen.signal("CONT");
      await().atMost(PATIENCE).until(() -> isRefused(frozen));

      String killedRun = run(cluster);
      hubOf(cluster, jdbc, killedRun).kill9();
      double killedFor = awaitSecondAttempt(jdbc, killedRun);
      awaitDone(jdbc, killedRun);

      System.out.printf(
          "begun again after %.1f s (frozen), %.1f s (killed)%n", frozenFor, killedFor);
      assertThat(
              jdbc.sql("select attempt from ledger.slow order by attempt")
                  .query(Integer.class)
                  .list())
          .as("effects: one each, of the second attempt")
          .containsExactly(2, 2);
      assertThat(
              jdbc.sql("select token from serai.delivery where event_id::text = any(:runs)")
                  .param("runs", new String[] {frozenRun, killedRun})
                  .query(Integer.class)
                  .list())
          .containsExactly(2, 2);
    }
  }

  private static boolean isRefused(HubProcess hub) throws IOException {
    return Calls.send(hub, "GET", "/metrics")
        .body()
        .lines()
        .anyMatch(
            line ->
                line.startsWith("serai_deliveries_total")
                    && line.contains("state=\"lost\"")
                    && line.contains("job-slow"));
  }

  private static String run(Cluster cluster) throws Exception {
    var answer = Calls.send(cluster.hubs().getFirst(), "POST", "/api/v1/jobs/slow/run");
    assertThat(answer.statusCode()).as(answer::body).isEqualTo(200);
    return new ObjectMapper().readTree(answer.body()).path("id").asText();
  }

  /** The hub that handles a run. */
  private static HubProcess hubOf(Cluster cluster, JdbcClient jdbc, String run) {
    String name =
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    jdbc.sql(
                            """
                            select n.name from serai.delivery d join serai.node n on n.id = d.node
                            where d.event_id::text = :run and d.state = 'running'
                            """)
                        .param("run", run)
                        .query(String.class)
                        .optional(),
                Optional::isPresent)
            .orElseThrow();
    return cluster.hub(Long.parseLong(name.replaceFirst(".*:", "")));
  }

  /** Returns after how many seconds it has begun. */
  private static double awaitSecondAttempt(JdbcClient jdbc, String run) {
    OffsetDateTime then = jdbc.sql("select now()").query(OffsetDateTime.class).single();
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                jdbc.sql("select attempts from serai.delivery where event_id::text = :run")
                        .param("run", run)
                        .query(Integer.class)
                        .single()
                    == 2);
    OffsetDateTime again =
        jdbc.sql("select claimed_at from serai.delivery where event_id::text = :run")
            .param("run", run)
            .query(OffsetDateTime.class)
            .single();
    return Duration.between(then, again).toMillis() / 1e3;
  }

  private static void awaitDone(JdbcClient jdbc, String run) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                jdbc.sql("select state from serai.delivery where event_id::text = :run")
                    .param("run", run)
                    .query(String.class)
                    .single()
                    .equals("done"));
  }
}
