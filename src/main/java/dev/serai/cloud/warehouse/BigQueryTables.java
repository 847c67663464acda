package dev.serai.cloud.warehouse;

import com.google.api.client.http.HttpHeaders;
import com.google.api.services.bigquery.Bigquery;
import com.google.api.services.bigquery.model.Clustering;
import com.google.api.services.bigquery.model.Table;
import com.google.api.services.bigquery.model.TableFieldSchema;
import com.google.api.services.bigquery.model.TableReference;
import com.google.api.services.bigquery.model.TimePartitioning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the tables of the dataset what their files say, as Terraform would, without ever taking
 * something away. Of several hubs that do so at once one is first, and the others look again.
 */
final class BigQueryTables {

  private static final Logger log = LoggerFactory.getLogger(BigQueryTables.class);
  private static final String WORKSPACE = "workspace";

  private final Path folder;
  private final BigQueryCalls calls;
  private final Map<String, TableSchema> ready = new ConcurrentHashMap<>();

  /**
   * @param folder where the schemas are
   */
  BigQueryTables(Path folder, BigQueryCalls calls) {
    this.folder = folder;
    this.calls = calls;
  }

  /**
   * The table, made or widened as its file says. It is looked at once, and again when the file has
   * changed or somebody forgets it.
   *
   * @throws WarehouseException if the file can't be read, or what is there can't become it
   */
  TableSchema ready(String table) throws WarehouseException, InterruptedException {
    TableSchema schema = TableSchema.read(folder, table);
    if (!schema.equals(ready.get(table))) {
      try {
        make(schema);
      } catch (IOException e) {
        throw calls.failure(e, calls.described(table), "bigquery.tables.get");
      }
      ready.put(table, schema);
    }
    return schema;
  }

  /** Makes all tables, so that a query finds them; one that can't be made says so when used. */
  void all() throws InterruptedException {
    ready.clear();
    for (String table : TableSchema.names(folder)) {
      try {
        ready(table);
      } catch (WarehouseException e) {
        log.warn("{}", e.getMessage());
      }
    }
  }

  void forget(String table) {
    ready.remove(table);
  }

  private void make(TableSchema schema)
      throws IOException, WarehouseException, InterruptedException {
    Patience patience = calls.patience();
    while (true) {
      try {
        Table there = calls.repeat((client, project) -> get(client, project, schema));
        widen(schema, there);
        return;
      } catch (IOException e) {
        int status = BigQueryFault.of(e).status();
        if (status == BigQueryFault.MISSING && create(schema)) {
          return;
        }
        // Another hub has made or changed it meanwhile.
        if (status != BigQueryFault.MISSING && status != BigQueryFault.CHANGED
            || !patience.holds()) {
          throw e;
        }
      }
    }
  }

  private Bigquery.Tables.Get get(Bigquery client, String project, TableSchema schema)
      throws IOException {
    return client.tables().get(project, calls.dataset(), schema.name());
  }

  /** False if it has been made by another meanwhile. */
  private boolean create(TableSchema schema)
      throws IOException, WarehouseException, InterruptedException {
    Table table =
        new Table()
            .setTableReference(
                new TableReference()
                    .setProjectId(calls.reference().getProjectId())
                    .setDatasetId(calls.dataset())
                    .setTableId(schema.name()))
            .setSchema(
                new com.google.api.services.bigquery.model.TableSchema()
                    .setFields(
                        schema.columns().values().stream().map(BigQueryTables::field).toList()));
    schema
        .days()
        .ifPresent(
            column ->
                table.setTimePartitioning(
                    new TimePartitioning().setType("DAY").setField(column.name())));
    if (schema.columns().containsKey(WORKSPACE)) {
      table.setClustering(new Clustering().setFields(List.of(WORKSPACE)));
    }
    try {
      calls.repeat((client, project) -> client.tables().insert(project, calls.dataset(), table));
      return true;
    } catch (IOException e) {
      if (BigQueryFault.of(e).status() == BigQueryFault.EXISTS) {
        return false;
      }
      throw calls.failure(e, calls.described(schema.name()), "bigquery.tables.create");
    }
  }

  private static TableFieldSchema field(Column column) {
    return new TableFieldSchema()
        .setName(column.name())
        .setType(column.type().name())
        .setMode(column.required() ? "REQUIRED" : "NULLABLE")
        .setMaxLength(column.maxLength() == null ? null : Long.valueOf(column.maxLength()))
        .setDescription(column.about());
  }

  private void widen(TableSchema schema, Table there)
      throws IOException, WarehouseException, InterruptedException {
    Map<String, TableFieldSchema> actual = new LinkedHashMap<>();
    there.getSchema().getFields().forEach(field -> actual.put(field.getName(), field));
    List<TableFieldSchema> fields = new ArrayList<>(there.getSchema().getFields());
    for (Column column : schema.columns().values()) {
      TableFieldSchema field = actual.remove(column.name());
      if (field == null && column.required()) {
        throw differs(
            schema, column.name(), "not there", "REQUIRED, and a new one must be NULLABLE");
      } else if (field == null) {
        fields.add(field(column));
      } else if (!shown(field).equals(shown(field(column)))) {
        throw differs(schema, column.name(), shown(field), shown(field(column)));
      }
    }
    for (TableFieldSchema other : actual.values()) {
      // A nullable one may be that of a newer hub which is about to take over.
      if (!shown(other).endsWith("NULLABLE")) {
        throw differs(schema, other.getName(), shown(other), "missing");
      }
    }
    if (fields.size() > there.getSchema().getFields().size()) {
      patch(schema, there.getEtag(), fields);
    }
  }

  private void patch(TableSchema schema, String etag, List<TableFieldSchema> fields)
      throws IOException, WarehouseException, InterruptedException {
    Table change =
        new Table()
            .setSchema(new com.google.api.services.bigquery.model.TableSchema().setFields(fields));
    try {
      calls.repeat(
          (client, project) ->
              client
                  .tables()
                  .patch(project, calls.dataset(), schema.name(), change)
                  .setRequestHeaders(new HttpHeaders().setIfMatch(etag)));
    } catch (IOException e) {
      if (BigQueryFault.of(e).status() == BigQueryFault.CHANGED) {
        throw e;
      }
      throw calls.failure(e, calls.described(schema.name()), "bigquery.tables.update");
    }
  }

  private static String shown(TableFieldSchema field) {
    String mode = field.getMode() == null ? "NULLABLE" : field.getMode();
    String type = field.getType().toUpperCase(Locale.ROOT);
    return ColumnType.known(type).map(Enum::name).orElse(type) + " " + mode;
  }

  private WarehouseException differs(
      TableSchema schema, String column, String there, String asked) {
    return new WarehouseException(
        "The column '%s' of the table '%s' is %s in the warehouse and %s in %s; only new NULLABLE columns can be added. Name another table, or make a new one and copy the rows"
            .formatted(
                column, schema.name(), there, asked, folder.resolve(schema.name() + ".json")));
  }
}
