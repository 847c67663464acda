package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.TestHub;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What do the Kamelets warehouse-insert and warehouse-query promise, whatever is behind them? */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WarehouseContract {

  private WarehouseCalls calls;

  abstract TestHub hub();

  @BeforeAll
  void load() throws Exception {
    calls = new WarehouseCalls(hub());
  }

  @AfterAll
  void unload() throws Exception {
    calls.close();
  }

  @Test
  void rowsAreInsertedOnceHoweverOftenTheyAreGiven() throws Exception {
    List<Object> rows = List.of(calls.row("once-1"), calls.row("once-2"), calls.row("once-1"));
    JsonNode first = calls.insert(rows);
    assertThat(first.path("inserted").asInt()).isEqualTo(2);
    assertThat(first.path("duplicates").asInt()).isOne();
    JsonNode again =
        calls.insert(List.of(calls.row("once-1"), calls.row("once-2"), calls.row("once-3")));
    assertThat(again.path("inserted").asInt()).isOne();
    assertThat(again.path("duplicates").asInt()).isEqualTo(2);
    assertThat(again.path("errors")).isEmpty();
  }

  @Test
  void badRowsAreNamedWithTheirReasonsAndTheOthersAreThere() throws Exception {
    List<Object> rows = new ArrayList<>();
    rows.add(calls.row("bad-good-1"));
    rows.add(with(calls.row("bad-1"), "quantity", "many"));
    rows.add(with(calls.row("bad-2"), "colour", "red"));
    rows.add(with(calls.row("bad-3"), "kind", null));
    rows.add(with(calls.row("bad-4"), "tokens", new BigDecimal("9223372036854775808")));
    rows.add(with(calls.row("bad-5"), "occurred_at", "yesterday"));
    rows.add("no row");
    rows.add(with(calls.row("bad-6"), "cost", "1e999999999"));
    rows.add(calls.row("bad-good-2"));
    Exchange exchange = calls.send("insert", rows, Map.of());
    JsonNode result = WarehouseCalls.result(exchange);
    assertThat(result.path("inserted").asInt()).isEqualTo(2);
    assertThat(result.path("errors").findValuesAsText("reason"))
        .containsExactly(
            "wrong-type",
            "unknown-field",
            "missing",
            "out-of-range",
            "wrong-type",
            "no-object",
            "out-of-range");
    assertThat(result.path("errors").findValuesAsText("field"))
        .containsExactly("quantity", "colour", "kind", "tokens", "occurred_at", "cost");
    assertThat(result.at("/errors/0/index").asInt()).isOne();
    assertThat(result.at("/errors/0/id").asText()).isEqualTo(calls.id("bad-1"));
    assertThat(result.at("/errors/0/value").asText()).isEqualTo("many");
    Map<?, ?> failed = exchange.getVariable("serai.failed", Map.class);
    assertThat(failed.get(1))
        .isEqualTo("wrong-type: quantity of usage_events is a string, no INTEGER: many");
    assertThat(failed.keySet()).hasSize(7);
    assertThat(calls.ids("bad-")).containsExactly("bad-good-1", "bad-good-2");
  }

  @Test
  void aSingleBadRowFailsTheCall() {
    Exchange exchange = calls.send("insert", with(calls.row("single"), "quantity", 1.5), Map.of());
    assertThat(exchange.getException())
        .isInstanceOf(RowRefusedException.class)
        .hasMessageContaining("quantity")
        .hasMessageContaining("usage_events")
        .hasMessageContaining("1.5");
  }

  @Test
  void valuesComeBackAsTheyWentIn() throws Exception {
    Map<String, Object> row = calls.row("values");
    row.put("quantity", Long.MAX_VALUE);
    row.put("cost", "12345678901234567890123456789.1234567885");
    row.put("occurred_at", "2026-11-20T23:30:00.123456+05:30");
    row.put("agent", "\u0938\u0930\u093e\u092f's \"writer\" \\ \n");
    calls.insert(WarehouseInsert.JSON.writeValueAsString(row));
    Map<?, ?> found = WarehouseCalls.rows(calls.query("values", null)).getFirst();
    assertThat(found.get("quantity")).isEqualTo(Long.MAX_VALUE);
    assertThat(found.get("cost"))
        .isEqualTo(new BigDecimal("12345678901234567890123456789.123456789"));
    assertThat(found.get("occurred_at")).isEqualTo("2026-11-20T18:00:00.123456Z");
    assertThat(found.get("tokens")).isNull();
  }

  @Test
  void aLongAnswerComesInPages() throws Exception {
    calls.insert(
        List.of(
            calls.row("page-1"),
            calls.row("page-2"),
            calls.row("page-3"),
            calls.row("page-4"),
            calls.row("page-5")));
    List<Object> all = new ArrayList<>();
    int pages = 0;
    @Nullable String next = null;
    do {
      Exchange exchange = calls.query("page-", next);
      WarehouseCalls.rows(exchange).forEach(row -> all.add(row.get("id")));
      next = exchange.getVariable("serai.next", String.class);
      pages++;
    } while (next != null);
    assertThat(pages).isEqualTo(3);
    assertThat(all).isSorted().doesNotHaveDuplicates().hasSize(5);
  }

  @Test
  void theAnswerSaysItsColumns() throws Exception {
    JsonNode result = WarehouseCalls.result(calls.query("nobody", null));
    assertThat(result.path("columns").findValuesAsText("name"))
        .containsExactly("id", "quantity", "cost", "occurred_at", "tokens");
    assertThat(result.path("count").asInt()).isZero();
  }

  @Test
  void aParameterIsNeverPartOfTheStatement() throws Exception {
    assertThat(WarehouseCalls.rows(calls.query("' or true --", null))).isEmpty();
    Exchange exchange = calls.send("query", Map.of("prefix", "x"), Map.of());
    assertThat(exchange.getException())
        .isInstanceOf(QueryRefusedException.class)
        .hasMessageContaining("kinds");
  }

  @SuppressWarnings("NullAway") // A row may have a null.
  private static Map<String, Object> with(
      Map<String, Object> row, String field, @Nullable Object value) {
    row.put(field, value);
    return row;
  }
}
