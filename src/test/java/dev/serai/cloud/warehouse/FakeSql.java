package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A statement of BigQuery's as DuckDB understands it: other quotes, parameters by place.
 *
 * @param sql with question marks
 * @param values one for each
 */
record FakeSql(String sql, List<@Nullable String> values) {

  private static final Pattern PARTS =
      Pattern.compile("'[^']*'|\"[^\"]*\"|--[^\n]*|unnest\\(@(\\w+)\\)|@(\\w+)|\\?|`");

  static FakeSql of(JsonNode query) {
    List<@Nullable String> values = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    Matcher parts = PARTS.matcher(query.path("query").asText());
    int place = 0;
    while (parts.find()) {
      String part = parts.group();
      String instead = part;
      if (parts.group(1) != null || parts.group(2) != null || part.equals("?")) {
        String name = parts.group(1) != null ? parts.group(1) : parts.group(2);
        JsonNode given =
            part.equals("?") ? query.at("/queryParameters/" + place++) : named(query, name);
        instead = bound(given, values);
      } else if (part.equals("`")) {
        instead = "\"";
      }
      parts.appendReplacement(sql, Matcher.quoteReplacement(instead));
    }
    parts.appendTail(sql);
    return new FakeSql(sql.toString(), values);
  }

  private static JsonNode named(JsonNode query, String name) {
    for (JsonNode parameter : query.path("queryParameters")) {
      if (parameter.path("name").asText().equals(name)) {
        return parameter;
      }
    }
    throw new IllegalArgumentException("There is no parameter " + name);
  }

  private static String bound(JsonNode parameter, List<@Nullable String> values) {
    String type = parameter.at("/parameterType/type").asText();
    JsonNode value = parameter.path("parameterValue");
    if (type.equals("ARRAY")) {
      var texts = BigQueryFake.JSON.createArrayNode();
      value.path("arrayValues").forEach(one -> texts.add(one.path("value").asText()));
      values.add(texts.toString());
      return "(select unnest(from_json(?, '[\"VARCHAR\"]')))";
    }
    values.add(value.hasNonNull("value") ? value.path("value").asText() : null);
    return "cast(? as %s)"
        .formatted(
            switch (type) {
              case "STRING" -> "varchar";
              case "INT64" -> "bigint";
              case "FLOAT64" -> "double";
              case "NUMERIC" -> "decimal(38,9)";
              case "BOOL" -> "boolean";
              default -> type;
            });
  }

  PreparedStatement prepare(Connection connection) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.size(); i++) {
      statement.setString(i + 1, values.get(i));
    }
    return statement;
  }

  /** What kind of statement it is, as a job that isn't run says. */
  String kind(FakeDuck duck, String project, FakeTables tables) throws BigQueryFake.Refusal {
    try (Connection connection = duck.connect()) {
      JsonNode parsed = parsed(connection);
      if (parsed.path("error").asBoolean()) {
        String first = sql.strip().split("\\W", 2)[0].toUpperCase(Locale.ROOT);
        if (parsed.path("error_type").asText().equals("not implemented")) {
          return sql.contains(";") ? "SCRIPT" : first;
        }
        throw new BigQueryFake.Refusal(
            400, "invalidQuery", "Syntax error: " + parsed.path("error_message").asText());
      }
      if (parsed.path("statements").size() > 1) {
        return "SCRIPT";
      }
      prepare(connection).close();
      return "SELECT";
    } catch (SQLException e) {
      String said = WarehouseException.firstLine(e);
      Matcher table = Pattern.compile("Table with name (\\w+) does not exist").matcher(said);
      if (table.find()) {
        throw new BigQueryFake.Refusal(
            404,
            "notFound",
            "Not found: Table %s:analytics.%s was not found in location %s"
                .formatted(project, table.group(1), BigQueryFake.LOCATION));
      }
      throw new BigQueryFake.Refusal(400, "invalidQuery", said);
    }
  }

  private JsonNode parsed(Connection connection) throws SQLException {
    try (PreparedStatement parse =
        connection.prepareStatement(
            "select cast(json_serialize_sql(cast(? as varchar)) as varchar)")) {
      parse.setString(1, sql);
      try (ResultSet rows = parse.executeQuery()) {
        rows.next();
        return BigQueryFake.JSON.readTree(rows.getString(1));
      }
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
