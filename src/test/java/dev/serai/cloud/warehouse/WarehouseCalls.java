package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Calls the Kamelets of the warehouse with rows of usage whose ids are this test's own. */
final class WarehouseCalls implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TIME = "2026-11-20T18:00:00Z";
  private static final String ROUTES =
      """
      - route:
          id: test-warehouse-insert
          errorHandler: {noErrorHandler: {}}
          from:
            uri: direct:test-warehouse-insert
            steps:
              - to: {uri: "kamelet:warehouse-insert", parameters: {table: usage_events}}
      - route:
          id: test-warehouse-query
          errorHandler: {noErrorHandler: {}}
          from:
            uri: direct:test-warehouse-query
            steps:
              - to:
                  uri: kamelet:warehouse-query
                  parameters:
                    sql: "select id, quantity, cost, occurred_at, tokens from usage_events where starts_with(id, :prefix) and kind in (:kinds) order by id"
                    maxRows: 2
                    page: "${variable.page}"
      """;

  private final TestHub hub;
  private final TestHub.Routes routes;
  private final String prefix = UUID.randomUUID().toString();

  WarehouseCalls(TestHub hub) throws Exception {
    this.hub = hub;
    this.routes = hub.routes(ROUTES);
  }

  /** A row that is right; its id ends in this. */
  Map<String, Object> row(String id) {
    Map<String, Object> row = new HashMap<>();
    row.put("id", prefix + id);
    row.put("kind", "content");
    row.put("quantity", 1);
    row.put("occurred_at", TIME);
    return row;
  }

  String id(String id) {
    return prefix + id;
  }

  JsonNode insert(Object body) throws IOException {
    Exchange exchange = send("insert", body, Map.of());
    assertThat(exchange.getException()).isNull();
    assertThat(exchange.getMessage().getBody()).isSameAs(body);
    return result(exchange);
  }

  Exchange query(String ids, @Nullable String page) {
    Exchange exchange =
        send(
            "query",
            Map.of("prefix", prefix + ids, "kinds", List.of("content", "recorded")),
            page == null ? Map.of() : Map.of("page", page));
    assertThat(exchange.getException()).isNull();
    return exchange;
  }

  List<String> ids(String ids) {
    return rows(query(ids, null)).stream()
        .map(row -> String.valueOf(row.get("id")).substring(prefix.length()))
        .toList();
  }

  static JsonNode result(Exchange exchange) throws IOException {
    return JSON.readTree(exchange.getVariable("serai.result", String.class));
  }

  @SuppressWarnings("unchecked")
  static List<Map<String, Object>> rows(Exchange exchange) {
    return exchange.getMessage().getBody(List.class);
  }

  Exchange send(String what, Object body, Map<String, Object> variables) {
    return hub.camel()
        .createProducerTemplate()
        .request(
            "direct:test-warehouse-" + what,
            exchange -> {
              variables.forEach(exchange::setVariable);
              exchange.getMessage().setBody(body);
            });
  }

  @Override
  public void close() throws Exception {
    routes.close();
  }
}
