package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A table as its file describes it, in the JSON of BigQuery's schemas. */
record TableSchema(String name, Map<String, Column> columns) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,99}");
  private static final String ENDING = ".json";
  private static final Set<String> KNOWN =
      Set.of("name", "type", "mode", "description", "maxLength");

  /**
   * Reads {@code <table>.json} of a folder.
   *
   * @throws WarehouseException naming the file, if there is none or it can't be read
   */
  static TableSchema read(Path folder, String table) throws WarehouseException {
    if (!NAME.matcher(table).matches()) {
      throw new WarehouseException(
          "The table '%s' has no name such as agent_executions: a letter, then letters, digits, _"
              .formatted(table));
    }
    Path file = folder.resolve(table + ENDING);
    try {
      return new TableSchema(table, columns(JSON.readTree(Files.readString(file))));
    } catch (NoSuchFileException e) {
      throw new WarehouseException(
          "The table '%s' has no schema: there is no file %s".formatted(table, file), e);
    } catch (IOException | IllegalArgumentException e) {
      throw new WarehouseException(
          "The schema %s can't be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** The names of all tables that have a file; none if there is no folder. */
  static List<String> names(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ENDING))
          .map(name -> name.substring(0, name.length() - ENDING.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      return List.of(); // Whoever needs one is told.
    }
  }

  /** The column by whose days the table is divided: the first time that every row has. */
  Optional<Column> days() {
    return columns.values().stream()
        .filter(column -> column.required() && column.type() == ColumnType.TIMESTAMP)
        .findFirst();
  }

  private static Map<String, Column> columns(JsonNode fields) {
    require(fields.isArray() && !fields.isEmpty(), "it must be a list of fields");
    Map<String, Column> columns = new LinkedHashMap<>();
    for (JsonNode field : fields) {
      Column column = column(field);
      require(
          columns.put(column.name(), column) == null,
          "the field '%s' stands there twice".formatted(column.name()));
    }
    return columns;
  }

  private static Column column(JsonNode field) {
    String name = field.path("name").asText();
    require(NAME.matcher(name).matches(), "'%s' is no name of a field".formatted(name));
    List<String> unknown = new ArrayList<>();
    field.fieldNames().forEachRemaining(unknown::add);
    unknown.removeAll(KNOWN);
    require(
        unknown.isEmpty(),
        "the field '%s' has %s, which means nothing here".formatted(name, unknown));
    String mode = field.path("mode").asText("NULLABLE").toUpperCase(Locale.ROOT);
    require(
        mode.equals("NULLABLE") || mode.equals("REQUIRED"),
        "the mode of '%s' is %s; it must be NULLABLE or REQUIRED".formatted(name, mode));
    return new Column(
        name,
        type(name, field.path("type").asText()),
        mode.equals("REQUIRED"),
        maxLength(name, field.path("maxLength")),
        field.path("description").asText());
  }

  private static ColumnType type(String name, String type) {
    try {
      return ColumnType.of(type);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the type of '%s' is '%s'; it must be one of %s"
              .formatted(name, type, List.of(ColumnType.values())),
          e);
    }
  }

  private static @Nullable Integer maxLength(String name, JsonNode value) {
    if (value.isMissingNode()) {
      return null;
    }
    int length = value.asInt(); // BigQuery writes it as text
    require(length > 0, "maxLength of '%s' is '%s'".formatted(name, value.asText()));
    return length;
  }

  private static void require(boolean right, String otherwise) {
    if (!right) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
