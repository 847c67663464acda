package dev.serai;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Events of objects that no other round has, and what the handlers make of them. */
final class StripeRound {

  private static final List<String> TABLES =
      List.of("payment", "failed_attempt", "refund", "subscription", "invoice", "customer");

  private final TestHub hub;
  private final String mark;
  private final Set<String> posted = new LinkedHashSet<>();

  /**
   * @param mark letters and digits, new with each round
   */
  StripeRound(TestHub hub, String mark) {
    this.hub = hub;
    this.mark = mark;
  }

  /** The twelve recorded events, in the order of their names. */
  List<String> fixtures() throws IOException {
    try (Stream<Path> files =
        Files.list(Path.of("src", "test", "resources", "fixtures", "stripe"))) {
      List<String> events = new ArrayList<>();
      for (Path file : files.sorted(Comparator.comparing(Path::toString)).toList()) {
        events.add(own(Files.readString(file)));
      }
      return events;
    }
  }

  /** The event with ids of this round. */
  String own(String event) {
    return event.replace("HubTEST", "Hub" + mark).replaceAll("(?<=\"(pi|ch|in|sub|evt)_)", mark);
  }

  /** The same news as another event, as Stripe may tell it twice. */
  static String toldAgain(String event) {
    return event.replaceFirst("\"evt_", "\"evt_again");
  }

  /** Posts an event, twice, and leaves it to the handlers. */
  void post(String event) throws Exception {
    for (int i = 0; i < 2; i++) {
      HttpResponse<String> response = StripeSender.to(hub).post(event);
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
          database()
              .sql(
                  """
                  select (to_jsonb(t) - 'updated_at' - 'known_at' - 'number')::text from payments.%s t
                  where t::text like :mark order by 1
                  """
                      .formatted(table))
              .param("mark", "%" + mark + "%")
              .query(String.class)
              .list()
              .stream()
              .map(row -> row.replace(mark, "").replace("evt_again", "evt_"))
              .toList());
    }
    return rows;
  }

  /** How many events of each type the handlers emitted about this round's objects. */
  Map<String, Integer> emitted() {
    Map<String, Integer> types = new TreeMap<>();
    database()
        .sql("select type from serai.event where source <> 'stripe' and subject like :mark")
        .param("mark", "%" + mark + "%")
        .query(String.class)
        .list()
        .forEach(type -> types.merge(type, 1, Integer::sum));
    return types;
  }

  private JdbcClient database() {
    return hub.database();
  }
}
