package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.springframework.util.unit.DataSize;

/** A warehouse in a folder of its own, without a hub. */
final class LocalFile {

  private final Path folder;
  private final Warehouse warehouse;

  LocalFile(Path folder) {
    this(folder, Duration.ofMinutes(1));
  }

  private LocalFile(Path folder, Duration idle) {
    this.folder = folder;
    this.warehouse =
        new Warehouse(
            new DuckDb(folder.resolve("warehouse/serai.duckdb"), DataSize.ofMegabytes(64)),
            new Tables(folder.resolve("schemas"), "analytics"),
            idle);
  }

  LocalFile idle(Duration idle) {
    return new LocalFile(folder, idle);
  }

  LocalFile schema(String table, String fields) throws IOException {
    Files.createDirectories(folder.resolve("schemas"));
    Files.writeString(folder.resolve("schemas").resolve(table + ".json"), fields);
    return this;
  }

  Path folder() {
    return folder.resolve("warehouse");
  }

  Path file() {
    return warehouse.file();
  }

  Warehouse warehouse() {
    return warehouse;
  }

  Insertion insert(String table, String id, int n) throws Exception {
    return insert(table, Map.of("id", id, "n", n));
  }

  Insertion insert(String table, Map<String, Object> row) throws Exception {
    return insert(table, List.of(WarehouseInsert.JSON.valueToTree(row)));
  }

  Insertion insertMany(String table, int count) throws Exception {
    return insert(
        table,
        IntStream.range(0, count)
            .<JsonNode>mapToObj(
                i -> WarehouseInsert.JSON.valueToTree(Map.of("id", "many-" + i, "n", i)))
            .toList());
  }

  private Insertion insert(String table, List<JsonNode> rows) throws Exception {
    return warehouse.with(
        (connection, tables) -> {
          TableSchema schema = tables.ready(connection, table);
          return new Inserter(connection, tables, schema, "id").insert(Rows.of(schema, "id", rows));
        });
  }

  long count(String table) throws Exception {
    Object counted = ask("select count(*) as n from " + table).rows().getFirst().get("n");
    return counted instanceof Long count ? count : -1;
  }

  Page ask(String sql) throws Exception {
    return new LocalQueries(warehouse)
        .ask(new Question(sql, Map.of(), 100, "", Duration.ofSeconds(10)));
  }
}
