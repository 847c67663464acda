package dev.serai.cloud.warehouse;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The warehouse; see warehouse.md.
 *
 * @param dataset what its tables are in: a schema of DuckDB, a dataset of BigQuery
 * @param idle how long the file stays open after its last use; while it is open no other process
 *     can open it
 * @param memory how much memory DuckDB may take beside the Java heap; what needs more goes to files
 *     beside the warehouse
 * @param maxBytes how many bytes a query of BigQuery's may be billed for; one that would read more
 *     is refused before it costs anything
 */
@Validated
@ConfigurationProperties("serai.warehouse")
record WarehouseSettings(
    @DefaultValue("analytics") @NotNull @Pattern(regexp = "[a-z][a-z0-9_]{0,99}") String dataset,
    @DefaultValue("10s") @NotNull Duration idle,
    @DefaultValue("256MB") @NotNull DataSize memory,
    @DefaultValue("10GB") @NotNull DataSize maxBytes) {

  private static final long LEAST_BILLED = 10;

  WarehouseSettings {
    if (idle.isNegative() || idle.isZero() || idle.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(
          "serai.warehouse.idle is %s; it must be more than nothing and 1h at most"
              .formatted(idle));
    }
    if (memory.toMegabytes() < 64) {
      throw new IllegalArgumentException(
          "serai.warehouse.memory is %s; it must be 64MB at least".formatted(memory));
    }
    if (maxBytes.toMegabytes() < LEAST_BILLED) {
      throw new IllegalArgumentException(
          "serai.warehouse.max-bytes is %s; it must be 10MB at least, which BigQuery bills for any query"
              .formatted(maxBytes));
    }
  }
}
