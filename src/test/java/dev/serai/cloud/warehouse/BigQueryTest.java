package dev.serai.cloud.warehouse;

import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleHub;

/** Does a dataset of BigQuery keep what a warehouse promises? */
class BigQueryTest extends WarehouseContract {

  private final TestHub hub = hubOfBigQuery();

  private static TestHub hubOfBigQuery() {
    BigQueryFake.shared();
    return GoogleHub.shared();
  }

  @Override
  TestHub hub() {
    return hub;
  }
}
