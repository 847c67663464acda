package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tables of a dataset, and rows that are streamed into them. */
final class FakeTables {

  private static final int MOST_BYTES = 10_000_000;

  private final FakeDuck duck;
  private final String dataset;
  private final Map<String, ObjectNode> tables = new ConcurrentHashMap<>();
  private final Set<String> insertIds = ConcurrentHashMap.newKeySet();
  private int etag;

  /** How many of the next streams don't see a table or its new columns yet. */
  final AtomicInteger unseen = new AtomicInteger();

  final AtomicInteger unseenColumns = new AtomicInteger();

  /** How many of the next streams stop rows that are right because another is wrong. */
  final AtomicInteger stopping = new AtomicInteger();

  /** Drops no row that comes twice, which BigQuery promises as well as it can only. */
  volatile boolean forgetful;

  /** Rows that are refused although their types are right, by id. */
  volatile Predicate<String> refused = id -> false;

  volatile boolean datasetMissing;

  /** Whether rows are only counted, which is as fast for one as for many. */
  volatile boolean counting;

  /** How many rows were in the streams so far, by stream. */
  final List<Integer> streams = java.util.Collections.synchronizedList(new ArrayList<>());

  FakeTables(FakeDuck duck, String dataset) {
    this.duck = duck;
    this.dataset = dataset;
  }

  void heal() {
    unseen.set(0);
    unseenColumns.set(0);
    stopping.set(0);
    forgetful = false;
    refused = id -> false;
    datasetMissing = false;
    counting = false;
  }

  /** As BigQuery does after about a minute. */
  void forgetInsertIds() {
    insertIds.clear();
  }

  @Nullable ObjectNode table(String name) {
    return tables.get(name);
  }

  synchronized void drop(String name) {
    if (tables.remove(name) != null) {
      duck.execute("drop table \"%s\"".formatted(name));
    }
  }

  long count(String sql) {
    return duck.count(sql);
  }

  JsonNode answer(String method, String[] path, JsonNode body, @Nullable String match)
      throws BigQueryFake.Refusal {
    if (datasetMissing || !path[3].equals(dataset)) {
      throw new BigQueryFake.Refusal(
          404, "notFound", "Not found: Dataset %s:%s".formatted(path[1], path[3]));
    }
    if (path.length == 4) {
      return BigQueryFake.JSON.createObjectNode().put("location", BigQueryFake.LOCATION);
    }
    if (path.length == 5) {
      return create(body);
    }
    ObjectNode table = tables.get(path[5]);
    if (table == null || path.length == 7 && taken(unseen)) {
      throw new BigQueryFake.Refusal(
          404, "notFound", "Not found: Table %s:%s.%s".formatted(path[1], dataset, path[5]));
    }
    if (path.length == 7) {
      return stream(path[5], table, body);
    }
    return "PATCH".equals(method) ? patch(path[5], body, match) : table;
  }

  static boolean taken(AtomicInteger count) {
    return count.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
  }

  private synchronized JsonNode create(JsonNode body) throws BigQueryFake.Refusal {
    String name = body.at("/tableReference/tableId").asText();
    if (tables.containsKey(name)) {
      throw new BigQueryFake.Refusal(
          409, "duplicate", "Already Exists: Table %s.%s".formatted(dataset, name));
    }
    List<String> columns = new ArrayList<>();
    body.at("/schema/fields").forEach(field -> columns.add(definition(field)));
    duck.execute("create table \"%s\" (%s)".formatted(name, String.join(", ", columns)));
    ObjectNode table = body.deepCopy();
    tables.put(name, table.put("etag", "etag-" + etag++));
    return table;
  }

  private static String definition(JsonNode field) {
    return "\"%s\" %s"
        .formatted(field.path("name").asText(), ColumnType.of(field.path("type").asText()).sql());
  }

  private synchronized JsonNode patch(String name, JsonNode body, @Nullable String match)
      throws BigQueryFake.Refusal {
    ObjectNode table = Objects.requireNonNull(tables.get(name));
    if (match != null && !match.equals(table.path("etag").asText())) {
      throw new BigQueryFake.Refusal(412, "conditionNotMet", "Precondition Failed");
    }
    JsonNode fields = body.at("/schema/fields");
    for (int i = table.at("/schema/fields").size(); i < fields.size(); i++) {
      duck.execute("alter table \"%s\" add column %s".formatted(name, definition(fields.get(i))));
    }
    ObjectNode changed = table.deepCopy();
    changed.set("schema", body.path("schema"));
    tables.put(name, changed.put("etag", "etag-" + etag++));
    return changed;
  }

  /** One at a time, so that no two see each other's rows half done. */
  private synchronized JsonNode stream(String name, ObjectNode table, JsonNode body)
      throws BigQueryFake.Refusal {
    if (body.toString().length() > MOST_BYTES) {
      throw new BigQueryFake.Refusal(413, "requestTooLarge", "Request payload size exceeds");
    }
    streams.add(body.path("rows").size());
    JsonNode fields = table.at("/schema/fields");
    boolean newest = taken(unseenColumns);
    ArrayNode errors = BigQueryFake.JSON.createArrayNode();
    Set<Integer> wrong = new HashSet<>();
    int index = 0;
    for (JsonNode row : body.path("rows")) {
      @Nullable String[] error = FakeRows.error(row, fields, newest, refused);
      if (error != null) {
        wrong.add(index);
        FakeRows.tell(errors, index, "invalid", error[0], error[1]);
      }
      index++;
    }
    boolean all = !body.path("skipInvalidRows").asBoolean() || taken(stopping);
    if (all && !wrong.isEmpty()) {
      for (int i = 0; i < index; i++) {
        if (!wrong.contains(i)) {
          FakeRows.tell(errors, i, "stopped", "", "");
        }
      }
    } else {
      keep(name, fields, body.path("rows"), wrong);
    }
    ObjectNode answer = BigQueryFake.JSON.createObjectNode();
    if (!errors.isEmpty()) {
      answer.set("insertErrors", errors);
    }
    return answer;
  }

  private void keep(String name, JsonNode fields, JsonNode rows, Set<Integer> wrong) {
    ArrayNode taken = BigQueryFake.JSON.createArrayNode();
    for (int i = 0; i < rows.size(); i++) {
      String insertId = rows.get(i).path("insertId").asText();
      if (!wrong.contains(i)
          && (insertId.isEmpty() || insertIds.add(name + "/" + insertId) || forgetful)) {
        taken.add(FakeRows.stored(rows.get(i).path("json"), fields));
      }
    }
    if (counting) {
      return;
    }
    List<String> names = new ArrayList<>();
    fields.forEach(field -> names.add(field.path("name").asText()));
    String types =
        java.util.stream.StreamSupport.stream(fields.spliterator(), false)
            .map(FakeRows::described)
            .collect(Collectors.joining(","));
    try {
      duck.execute(
          "insert into \"%s\" (\"%s\") select unnest(from_json(?, '[{%s}]'), recursive := true)"
              .formatted(name, String.join("\", \"", names), types),
          taken.toString());
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
