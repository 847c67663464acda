package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

/** A job that was not run, does not succeed, and another whose monitor is away. */
final class TroubledJobs implements AutoCloseable {

  private final TestHub hub;
  private final String name;
  private final TestHandler job;
  private volatile boolean isTroubled;

  TroubledJobs(TestHub hub, String mark) throws Exception {
    this.hub = hub;
    this.name = "job-" + mark;
    this.job =
        TestHandler.job(hub, name)
            .with("every", "1s")
            .with("retries", 0)
            .with("successWithin", "1s")
            .handle(
                exchange -> {
                  if (isTroubled) {
                    throw new IllegalStateException("of a test");
                  }
                });
  }

  void trouble() throws Exception {
    isTroubled = true;
    double before = failedPings();
    assertThat(Api.of(hub).post("/api/v1/jobs/heartbeat/run", "{}").status()).isEqualTo(200);
    // It has failed since the hub began, and would else be told minutes later.
    hub.database()
        .sql(
            """
            update serai.job_ping set failures = 0, next_at = now()
            where job_id = (select id from serai.job where name = 'heartbeat')
            """)
        .update();
    hub.database()
        .sql("update serai.job set next_at = now() - interval '2 minutes' where name = :name")
        .param("name", name)
        .update();
    TroubledHub.awaitValue(before + 1, "serai_job_pings_total", "outcome", "failed");
  }

  private double failedPings() throws Exception {
    return Metrics.of(hub).all("serai_job_pings_total", "outcome", "failed").stream()
        .mapToDouble(Metrics.Sample::value)
        .max()
        .orElse(0);
  }

  void awaitMetrics() {
    for (String cause : new String[] {"missed", "overdue"}) {
      TroubledHub.awaitValue(1, "serai_job_alert", "job", name, "cause", cause);
    }
  }

  @Override
  public void close() throws Exception {
    job.close();
  }
}
