package dev.serai.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The REST API of a Supabase project with a table {@code public.moves}. */
final class SupabaseRest extends FakeApi {

  static final String KEY = "sb_secret_" + "of_the_reconciliation";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern AFTER =
      Pattern.compile(
          "\\(updated_at\\.gt\\.\"(.+)\",and\\(updated_at\\.eq\\.\"\\1\",id\\.gt\\.\"(.+)\"\\)\\)");

  private final List<ObjectNode> rows = new CopyOnWriteArrayList<>();

  SupabaseRest() throws IOException {
    super("/rest/v1/");
  }

  /** A row with times as PostgREST writes them. */
  ObjectNode add(String id, String created, String updated) {
    ObjectNode row = JSON.createObjectNode();
    row.put("id", id).put("workspace_id", "acme").put("created_at", created);
    row.put("updated_at", updated).put("title", "It's \"one\"");
    rows.add(row);
    return row;
  }

  void empty() {
    rows.clear();
    forget();
  }

  @Override
  boolean mayAsk(HttpExchange exchange) {
    var headers = exchange.getRequestHeaders();
    return KEY.equals(headers.getFirst("apikey"))
        && ("Bearer " + KEY).equals(headers.getFirst("Authorization"))
        && "public".equals(headers.getFirst("Accept-Profile"));
  }

  @Override
  String refusal(HttpExchange exchange) {
    return "{\"message\":\"Invalid API key %s\"}"
        .formatted(exchange.getRequestHeaders().getFirst("apikey"));
  }

  @Override
  String answer(HttpExchange exchange, Map<String, String> question) {
    if (!exchange.getRequestURI().getPath().equals("/rest/v1/moves")
        || !question.get("order").equals("updated_at.asc,id.asc")) {
      throw new IllegalArgumentException(exchange.getRequestURI().toString());
    }
    List<String> bounds = words(question.get("updated_at"));
    OffsetDateTime since = OffsetDateTime.parse(bounds.getFirst().replace("gte.", ""));
    OffsetDateTime until = OffsetDateTime.parse(bounds.getLast().replace("lt.", ""));
    Comparator<ObjectNode> order =
        Comparator.<ObjectNode, OffsetDateTime>comparing(SupabaseRest::updated)
            .thenComparing(row -> row.path("id").asText());
    Matcher after = AFTER.matcher(question.getOrDefault("or", ""));
    ObjectNode last = JSON.createObjectNode();
    if (after.matches()) {
      last.put("updated_at", after.group(1)).put("id", after.group(2));
    }
    return rows.stream()
        .filter(row -> !updated(row).isBefore(since) && updated(row).isBefore(until))
        .filter(row -> last.isEmpty() || order.compare(row, last) > 0)
        .sorted(order)
        .limit(Long.parseLong(question.get("limit")))
        .toList()
        .toString();
  }

  private static OffsetDateTime updated(ObjectNode row) {
    return OffsetDateTime.parse(row.path("updated_at").asText());
  }
}
