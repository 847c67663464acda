package dev.serai.reconcile;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Stripe's list of events: the newest first, in pages. */
final class StripeList extends FakeApi {

  static final String KEY = "rk_test_" + "of0the0reconciliation";

  private final List<Listed> events = new CopyOnWriteArrayList<>();

  StripeList() throws IOException {
    super("/v1/events");
  }

  /** An event as Stripe keeps it. */
  record Listed(String id, long created, boolean delivered, String json) {}

  /** An event of that second. Its number has more digits than a double, and a member is new. */
  Listed add(String id, String type, long created, boolean delivered) {
    String json =
        """
        {
              "id": "%s",
              "object": "event",
              "api_version": "2026-07-29.dahlia",
              "created": %s,
              "data": {"object": {"id": "pi_%s", "object": "thing", "big": 12345678901234567890123,
                "note": "} ] \\u00fc \\"quoted\\"", "metadata": {"workspace_id": "acme"}}},
              "livemode": false,
              "pending_webhooks": 0,
              "request": {"id": null, "idempotency_key": null},
              "brand_new": {"since": "tomorrow"},
              "type": "%s"
            }\
        """
            .formatted(id, created, id, type);
    Listed added = new Listed(id, created, delivered, json);
    events.add(added);
    return added;
  }

  /** What is no event, and no webhook could be. */
  void addOdd(long created) {
    Listed event = add("evt_odd", "odd.one", created, true);
    events.remove(event);
    String json = event.json.replace("\"object\": \"event\"", "\"object\": \"odd\"");
    events.add(new Listed(event.id, created, true, json));
  }

  List<Listed> all() {
    return events;
  }

  void empty() {
    events.clear();
    forget();
  }

  @Override
  boolean mayAsk(HttpExchange exchange) {
    return ("Bearer " + KEY).equals(exchange.getRequestHeaders().getFirst("Authorization"));
  }

  @Override
  String refusal(HttpExchange exchange) {
    return "{\"error\":{\"message\":\"Invalid API Key provided: %s\",\"type\":\"invalid_request_error\"}}"
        .formatted(exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", ""));
  }

  @Override
  String answer(HttpExchange exchange, Map<String, String> question) {
    int limit = Integer.parseInt(question.getOrDefault("limit", "10"));
    List<Listed> all =
        events.stream()
            .filter(event -> event.created >= Long.parseLong(question.get("created[gte]")))
            .filter(event -> event.created <= Long.parseLong(question.get("created[lte]")))
            .filter(event -> !question.containsKey("delivery_success") || !event.delivered)
            .sorted(Comparator.comparingLong(Listed::created).thenComparing(Listed::id).reversed())
            .toList();
    String after = question.get("starting_after");
    int begin = 0;
    while (after != null && !all.get(begin++).id.equals(after)) {}
    List<Listed> page = all.subList(begin, Math.min(all.size(), begin + limit));
    return """
    {"object": "list", "url": "/v1/events", "has_more": %s, "data": [%s]}
    """
        .formatted(
            begin + page.size() < all.size(),
            page.stream().map(Listed::json).collect(Collectors.joining(", ")));
  }
}
