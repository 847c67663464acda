package dev.serai.cloud.warehouse;

import dev.serai.cloud.google.Integration;
import java.io.IOException;
import java.util.List;

/** Whether the dataset is there and may be asked. */
final class BigQueryCheck implements Integration {

  private final BigQueryCalls calls;
  private final BigQueryJobs jobs;

  BigQueryCheck(BigQueryCalls calls, BigQueryJobs jobs) {
    this.calls = calls;
    this.jobs = jobs;
  }

  @Override
  public String name() {
    return "warehouse";
  }

  /** By a job that isn't run. */
  @Override
  public void check() throws WarehouseException, InterruptedException {
    calls.look();
    try {
      jobs.kind("select 1", List.of());
    } catch (IOException e) {
      throw calls.failure(e, "A job on " + calls.described(), "bigquery.jobs.create");
    }
  }
}
