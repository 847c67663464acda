package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.cloud.SimpleExpression;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.support.ResourceHelper;
import org.apache.camel.util.TimeUtils;
import org.jspecify.annotations.Nullable;

/** The bean of one use of the Kamelet {@code warehouse-query}. */
public final class WarehouseQuery {

  private static final String OF_FILE = "file:";
  private static final TypeReference<Map<String, @Nullable Object>> MAP = new TypeReference<>() {};

  private final WarehouseQueries queries;
  private String sql = "";
  private int maxRows = 1_000;
  private String page = "";
  private Duration timeout = Duration.ofSeconds(30);

  WarehouseQuery(WarehouseQueries queries) {
    this.queries = queries;
  }

  public void setSql(String sql) {
    this.sql = sql;
  }

  public void setMaxRows(int maxRows) {
    this.maxRows = maxRows;
  }

  /** An expression in Camel's simple language. */
  public void setPage(String page) {
    this.page = page;
  }

  public void setTimeout(String timeout) {
    this.timeout = TimeUtils.toDuration(timeout);
  }

  /**
   * Makes the body the rows that are found.
   *
   * @throws QueryRefusedException if it can't be answered as it is
   * @throws QueryTimeoutException if it took too long
   * @throws WarehouseException if the warehouse can't be used now
   */
  public void query(Exchange exchange)
      throws IOException,
          QueryRefusedException,
          QueryTimeoutException,
          WarehouseException,
          InterruptedException {
    Question question =
        new Question(
            text(exchange),
            parameters(exchange.getMessage().getBody()),
            maxRows,
            SimpleExpression.value(exchange, page),
            timeout);
    Page found = queries.ask(question);
    Map<String, @Nullable Object> result = new LinkedHashMap<>();
    result.put("columns", found.columns());
    result.put("count", found.rows().size());
    result.put("next", found.next());
    exchange.getMessage().setBody(found.rows());
    exchange.setVariable("serai.result", WarehouseInsert.JSON.writeValueAsString(result));
    exchange.removeVariable("serai.next");
    if (found.next() != null) {
      exchange.setVariable("serai.next", found.next());
    }
  }

  private String text(Exchange exchange) throws IOException {
    if (!sql.startsWith(OF_FILE)) {
      return sql;
    }
    try (InputStream file =
        ResourceHelper.resolveMandatoryResourceAsInputStream(exchange.getContext(), sql)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Map<String, @Nullable Object> parameters(@Nullable Object body)
      throws IOException {
    return switch (body) {
      case Map<?, ?> map -> {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        map.forEach((name, value) -> values.put(String.valueOf(name), value));
        yield values;
      }
      case JsonNode node when node.isObject() -> WarehouseInsert.JSON.convertValue(node, MAP);
      case String text when text.stripLeading().startsWith("{") ->
          WarehouseInsert.JSON.readValue(text, MAP);
      case null, default -> Map.of();
    };
  }
}
