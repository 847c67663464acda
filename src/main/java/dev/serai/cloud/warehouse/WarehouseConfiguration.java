package dev.serai.cloud.warehouse;

import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
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

  /** The Kamelets warehouse-insert and warehouse-query use it. */
  @Bean
  Warehouse warehouse(
      WarehouseSettings settings,
      @Value("${serai.data.dir}") Path data,
      @Value("${serai.routes.dir}") Path routes) {
    Path file = data.toAbsolutePath().normalize().resolve("warehouse").resolve("serai.duckdb");
    Path schemas = routes.toAbsolutePath().normalize().resolve("schemas").resolve("warehouse");
    return new Warehouse(
        new DuckDb(file, settings.memory()),
        new Tables(schemas, settings.dataset()),
        settings.idle());
  }

  /** The Kamelet warehouse-query uses it. */
  @Bean
  WarehouseQueries warehouseQueries(Warehouse warehouse) {
    return new WarehouseQueries(warehouse);
  }
}
