package dev.serai.cloud.warehouse;

import dev.serai.cloud.google.GoogleAccount;
import dev.serai.cloud.google.GoogleSettings;
import dev.serai.cloud.google.Integration;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WarehouseSettings.class)
class WarehouseConfiguration {

  /** The sinks of the warehouse name it. */
  @Bean
  EventRows eventRows() {
    return new EventRows();
  }

  private static Path schemas(Path routes) {
    return routes.toAbsolutePath().normalize().resolve("schemas").resolve("warehouse");
  }

  /** A file of DuckDB. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "serai.cloud", havingValue = "local", matchIfMissing = true)
  static class Local {

    @Bean
    Warehouse warehouse(
        WarehouseSettings settings,
        @Value("${serai.data.dir}") Path data,
        @Value("${serai.routes.dir}") Path routes) {
      Path file = data.toAbsolutePath().normalize().resolve("warehouse").resolve("serai.duckdb");
      return new Warehouse(
          new DuckDb(file, settings.memory()),
          new Tables(schemas(routes), settings.dataset()),
          settings.idle());
    }

    /** The Kamelet warehouse-insert uses it. */
    @Bean
    RowStore rowStore(Warehouse warehouse) {
      return new LocalRows(warehouse);
    }

    /** The Kamelet warehouse-query uses it. */
    @Bean
    WarehouseQueries warehouseQueries(Warehouse warehouse) {
      return new LocalQueries(warehouse);
    }
  }

  /** A dataset of BigQuery. */
  @Configuration(proxyBeanMethods = false)
  @ConditionalOnProperty(name = "serai.cloud", havingValue = "gcp")
  static class Google {

    @Bean
    BigQueryCalls bigQueryCalls(
        GoogleAccount account, GoogleSettings google, WarehouseSettings settings) {
      return new BigQueryCalls(account, google, settings.dataset());
    }

    @Bean
    BigQueryJobs bigQueryJobs(BigQueryCalls calls, WarehouseSettings settings) {
      return new BigQueryJobs(calls, settings.maxBytes());
    }

    @Bean
    BigQueryTables bigQueryTables(BigQueryCalls calls, @Value("${serai.routes.dir}") Path routes) {
      return new BigQueryTables(schemas(routes), calls);
    }

    /** The Kamelet warehouse-insert uses it. */
    @Bean
    RowStore rowStore(BigQueryCalls calls, BigQueryTables tables, BigQueryJobs jobs) {
      return new BigQueryRows(calls, tables, jobs);
    }

    /** The Kamelet warehouse-query uses it. */
    @Bean
    WarehouseQueries warehouseQueries(BigQueryTables tables, BigQueryJobs jobs) {
      return new BigQueryQueries(tables, jobs);
    }

    @Bean
    Integration warehouseIntegration(BigQueryCalls calls, BigQueryJobs jobs) {
      return new BigQueryCheck(calls, jobs);
    }
  }
}
