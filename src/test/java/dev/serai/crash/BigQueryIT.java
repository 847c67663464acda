package dev.serai.crash;

import dev.serai.cloud.google.GoogleHub;
import dev.serai.cloud.google.HttpFake;
import dev.serai.cloud.warehouse.BigQueryFake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The same with a dataset of BigQuery. */
class BigQueryIT extends WarehouseIT {

  private static final String TABLE = "agent_executions";

  private final HttpFake server = new HttpFake();
  private final BigQueryFake fake = new BigQueryFake("analytics").on(server);

  @Override
  Map<String, String> settings() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("SERAI_CLOUD", "gcp");
    settings.put("SERAI_GOOGLE_PROJECT", GoogleHub.PROJECT);
    for (String service : List.of("bigquery", "storage", "pubsub", "tasks", "secrets")) {
      settings.put(
          "SERAI_GOOGLE_%s_ENDPOINT".formatted(service.toUpperCase(Locale.ROOT)), server.url());
    }
    return settings;
  }

  @Override
  void assertWarehouse(HubProcess hub) {
    assertSums(
        fake.number("select count(*) from " + TABLE),
        fake.number("select count(distinct execution_id) from " + TABLE),
        fake.number("select cast(sum(tokens_in) as bigint) from " + TABLE));
    server.close();
  }
}
