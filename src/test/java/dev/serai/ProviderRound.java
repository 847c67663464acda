package dev.serai;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events of objects that no other round has, and what the handlers make of them. */
abstract class ProviderRound {

  private static final List<String> TABLES =
      List.of("payment", "failed_attempt", "refund", "subscription", "invoice", "customer");

  /** A provider that says no time has that of the receipt, which no two rounds share. */
  private static final String RECEIVED = "\"20(2[6-9]|[3-9]\\d)-\\d\\d-\\d\\dT[^\"]*\"";

  private final TestHub hub;
  private final Set<String> posted = new LinkedHashSet<>();

  /** Letters and digits, new with each round. */
  final String mark;

  ProviderRound(TestHub hub, String mark) {
    this.hub = hub;
    this.mark = mark;
  }

  /** Posts an event as the provider does. */
  abstract HttpResponse<String> send(String event) throws Exception;

  /** The same news as another event, as a provider may tell it twice. */
  abstract String toldAgain(String event);

  /** A hundred events in order, each for the first time. */
  abstract List<String> hundred() throws IOException;

  /** Posts an event, twice, and leaves it to the handlers. */
  void post(String event) throws Exception {
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> response = send(event);
      if (response.statusCode() != 200) {
        throw new AssertionError(response.body());
      }
      posted.add(new ObjectMapper().readTree(response.body()).path("id").asText());
    }
  }

  /** Waits until everything posted is handled. */
  void handled() {
    await()
        .pollInSameThread()
        .pollDelay(Duration.ZERO)
        .until(
            () -> {
              while (!posted.isEmpty() && isHandled(posted.iterator().next())) {
                posted.remove(posted.iterator().next());
              }
              return posted.isEmpty();
            });
  }

  private boolean isHandled(String id) throws Exception {
    JsonNode event = Api.of(hub).get("/api/v1/events/" + id).json();
    return event.path("deliveries").findValuesAsText("state").stream().allMatch("done"::equals);
  }

  /** What the tables say of this round's objects, without its mark. */
  Map<String, List<String>> tables() {
    Map<String, List<String>> rows = new TreeMap<>();
    for (String table : TABLES) {
      rows.put(
          table,
          rows(
              """
              select (to_jsonb(t) - 'updated_at' - 'known_at' - 'number')::text from payments.%s t
              where t::text like :mark
              """
                  .formatted(table)));
    }
    return rows;
  }

  /** What was refused. */
  List<String> refused() {
    return rows(
        "select t::text from payments.transition t where refused is not null and t::text like"
            + " :mark");
  }

  private List<String> rows(String sql) {
    return database().sql(sql).param("mark", "%" + mark + "%").query(String.class).list().stream()
        .map(row -> row.replace(mark, "").replace("evt_again", "evt_"))
        .map(row -> row.replaceAll(RECEIVED, "\"received\""))
        .sorted()
        .toList();
  }

  /** How many events of each type the handlers emitted about this round's objects. */
  Map<String, Integer> emitted() {
    Map<String, Integer> types = new TreeMap<>();
    database()
        .sql(
            """
            select type from serai.event
            where source = 'serai' and subject like :mark and type not like 'topic.%'
            """)
        .param("mark", "%" + mark + "%")
        .query(String.class)
        .list()
        .forEach(type -> types.merge(type, 1, Integer::sum));
    return types;
  }

  JdbcClient database() {
    return hub.database();
  }
}
