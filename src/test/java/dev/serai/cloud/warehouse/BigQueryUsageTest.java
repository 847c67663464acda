package dev.serai.cloud.warehouse;

import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleHub;

/** Does what the usage API was told add up in BigQuery, too? */
class BigQueryUsageTest extends RecordedUsageTest {

  @Override
  TestHub hub() {
    BigQueryFake.shared();
    return GoogleHub.shared();
  }
}
