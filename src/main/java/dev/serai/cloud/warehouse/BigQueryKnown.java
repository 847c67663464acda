package dev.serai.cloud.warehouse;

import com.google.api.services.bigquery.model.QueryParameter;
import java.io.IOException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Asks which rows a table has. Only the days that they are of are read, since BigQuery is paid by
 * what it reads.
 */
final class BigQueryKnown {

  private final TableSchema schema;
  private final String rowId;
  private final BigQueryJobs jobs;
  private final BigQueryTables tables;

  BigQueryKnown(TableSchema schema, String rowId, BigQueryJobs jobs, BigQueryTables tables) {
    this.schema = schema;
    this.rowId = rowId;
    this.jobs = jobs;
    this.tables = tables;
  }

  /** The ids of those that are there. */
  Set<String> among(List<BigQueryRow> rows) throws WarehouseException, InterruptedException {
    if (rows.isEmpty()) {
      return Set.of();
    }
    StringBuilder sql =
        new StringBuilder(
            "select distinct `%s` from `%s` where `%s` in unnest(@ids)"
                .formatted(rowId, schema.name(), rowId));
    List<QueryParameter> parameters = new ArrayList<>();
    parameters.add(BigQueryValues.named("ids", rows.stream().map(BigQueryRow::id).toList()));
    if (schema.days().isPresent()) {
      Column days = schema.days().get();
      sql.append(" and `%s` >= @first and `%s` < @end".formatted(days.name(), days.name()));
      List<String> times = rows.stream().map(row -> row.text(days)).sorted().toList();
      parameters.add(BigQueryValues.named("first", day(times.getFirst()).atStartOfDay()));
      parameters.add(BigQueryValues.named("end", day(times.getLast()).plusDays(1).atStartOfDay()));
    }
    Patience patience = jobs.calls().patience();
    while (true) {
      try {
        return jobs.texts(sql.toString(), parameters);
      } catch (IOException e) {
        if (BigQueryFault.of(e).status() != BigQueryFault.MISSING || !patience.holds()) {
          throw failure(e);
        }
        tables.forget(schema.name());
        tables.ready(schema.name());
      }
    }
  }

  private WarehouseException failure(IOException e) {
    if (BigQueryFault.of(e).reason().equals("bytesBilledLimitExceeded")) {
      return new WarehouseException(
          "To look for rows of %s takes more than serai.warehouse.max-bytes, %s. BigQuery says: %s"
              .formatted(schema.name(), jobs.maxBytes(), BigQueryFault.of(e).said()),
          e);
    }
    return jobs.calls()
        .failure(e, jobs.calls().described(schema.name()), "bigquery.tables.getData");
  }

  private static LocalDate day(String time) {
    return LocalDate.parse(time.substring(0, 10));
  }
}
