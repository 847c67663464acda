package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.api.services.bigquery.model.TableDataInsertAllRequest;
import com.google.api.services.bigquery.model.TableDataInsertAllResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Streams rows into a table of the dataset, those that it has not yet: it is asked before, and
 * again whenever an answer was lost. Beside that BigQuery itself drops what comes twice within a
 * minute.
 */
final class BigQueryRows implements RowStore {

  private static final int AT_ONCE = 5_000;

  private final BigQueryCalls calls;
  private final BigQueryTables tables;
  private final BigQueryJobs jobs;

  BigQueryRows(BigQueryCalls calls, BigQueryTables tables, BigQueryJobs jobs) {
    this.calls = calls;
    this.tables = tables;
    this.jobs = jobs;
  }

  @Override
  public Insertion insert(String table, String rowId, List<JsonNode> rows)
      throws WarehouseException, InterruptedException {
    TableSchema schema = tables.ready(table);
    Rows looked = Rows.of(schema, rowId, rows);
    List<RowError> errors = new ArrayList<>(looked.errors());
    List<BigQueryRow> good = BigQueryRow.of(schema, looked.good(), errors);
    BigQueryKnown known = new BigQueryKnown(schema, rowId, jobs, tables);
    int duplicates = looked.repeated();
    int inserted = 0;
    for (int from = 0; from < good.size(); from += AT_ONCE) {
      List<BigQueryRow> some = good.subList(from, Math.min(from + AT_ONCE, good.size()));
      List<BigQueryRow> left = without(some, known.among(some));
      duplicates += some.size() - left.size();
      for (List<BigQueryRow> chunk : BigQueryRow.chunks(left)) {
        int before = errors.size();
        put(schema, chunk, known, errors);
        inserted += chunk.size() - (errors.size() - before);
      }
    }
    errors.sort(Comparator.comparingInt(RowError::index));
    return new Insertion(table, inserted, duplicates, errors);
  }

  private static List<BigQueryRow> without(List<BigQueryRow> rows, Set<String> known) {
    return rows.stream().filter(row -> !known.contains(row.id())).toList();
  }

  private void put(
      TableSchema schema, List<BigQueryRow> chunk, BigQueryKnown known, List<RowError> errors)
      throws WarehouseException, InterruptedException {
    Patience patience = calls.patience();
    List<BigQueryRow> left = chunk;
    while (!left.isEmpty()) {
      try {
        BigQueryVerdict verdict = BigQueryVerdict.of(schema, left, send(schema, left));
        errors.addAll(verdict.refused());
        if (!verdict.again().isEmpty() && !verdict.isProgress() && !patience.holds()) {
          throw new WarehouseException(
              "%s does not take rows now: %s"
                  .formatted(calls.described(schema.name()), verdict.said()));
        }
        left = verdict.again();
      } catch (IOException e) {
        BigQueryFault fault = BigQueryFault.of(e);
        boolean missing = fault.status() == BigQueryFault.MISSING;
        if (!missing && !fault.mayPass() || !patience.holds()) {
          throw calls.failure(e, calls.described(schema.name()), "bigquery.tables.updateData");
        }
        if (missing) {
          // A table is not there for a while after it was made, or it has been deleted.
          tables.forget(schema.name());
          tables.ready(schema.name());
        } else if (fault.mayBeDone()) {
          left = without(left, known.among(left));
        }
      }
    }
  }

  private TableDataInsertAllResponse send(TableSchema schema, List<BigQueryRow> rows)
      throws IOException, WarehouseException {
    TableDataInsertAllRequest request =
        new TableDataInsertAllRequest()
            .setSkipInvalidRows(true)
            .setRows(rows.stream().map(BigQueryRow::sent).toList());
    return calls.once(
        (client, project) ->
            client.tabledata().insertAll(project, calls.dataset(), schema.name(), request));
  }
}
