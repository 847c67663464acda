package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The bean of one use of the Kamelet {@code warehouse-insert}. */
public final class WarehouseInsert {

  static final JsonMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final RowStore store;
  private String table = "";
  private String rowId = "";

  WarehouseInsert(RowStore store) {
    this.store = store;
  }

  public void setTable(String table) {
    this.table = table;
  }

  public void setRowId(String rowId) {
    this.rowId = rowId;
  }

  /**
   * Inserts the body: a row, or a list of rows.
   *
   * @throws RowRefusedException if it is a single row that the table doesn't take
   * @throws WarehouseException if the warehouse can't be used now
   */
  public void insert(Exchange exchange)
      throws IOException, RowRefusedException, WarehouseException, InterruptedException {
    JsonNode body = json(exchange.getMessage().getBody());
    List<JsonNode> rows = new ArrayList<>();
    if (body.isArray()) {
      for (JsonNode row : body) {
        rows.add(row.isTextual() ? ofText(row) : row);
      }
    } else {
      rows.add(body);
    }
    Insertion insertion = store.insert(table, rowId, rows);
    if (!body.isArray() && !insertion.errors().isEmpty()) {
      throw new RowRefusedException(insertion.errors().getFirst().text());
    }
    Map<Integer, String> failed = new LinkedHashMap<>();
    insertion.errors().forEach(error -> failed.put(error.index(), error.text()));
    exchange.setVariable("serai.result", JSON.writeValueAsString(insertion));
    exchange.removeVariable("serai.failed");
    if (!failed.isEmpty()) {
      exchange.setVariable("serai.failed", failed);
    }
  }

  /** Each of a list may be text, as the bodies of a batch of events are. */
  private static JsonNode ofText(JsonNode text) {
    try {
      return JSON.readTree(text.textValue());
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  private static JsonNode json(@Nullable Object body) throws IOException {
    return switch (body) {
      case JsonNode node -> node;
      case String text -> JSON.readTree(text);
      case byte[] bytes -> JSON.readTree(bytes);
      case null -> throw new IllegalArgumentException("warehouse-insert: there is no body");
      default -> JSON.valueToTree(body);
    };
  }
}
