package dev.serai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tells a hub of payments, in short, and asks what it makes of that. */
public final class PaymentNews {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestHub hub;

  /** No other test has things of these ids. */
  private final String mark = UUID.randomUUID().toString().substring(24);

  public PaymentNews(TestHub hub) {
    this.hub = hub;
  }

  /** The id of something of this test's. */
  public String id(String name) {
    return name + "_" + mark;
  }

  /**
   * An event of Stripe's.
   *
   * @param second when it was, of one minute
   * @param object JSON with quotes of one stroke; $ stands for what makes an id the test's own
   */
  public UUID stripe(String type, int second, String object) {
    return tell(
        "stripe",
        "stripe." + type,
        "{'id':'evt_%s','type':'%s','created':%s,'data':{'object':%s}}"
            .formatted(UUID.randomUUID(), type, 1760000000 + second, object));
  }

  /** A signed event of PhonePe's V2. */
  public UUID phonePe(String event, String payload) {
    return tell("phonepe-hmac", "phonepe-hmac." + event, v2(event, payload));
  }

  public static String v2(String event, String payload) {
    return "{'event':'%s','payload':%s}".formatted(event, payload);
  }

  /** Any event; returns when all who take it are done. */
  public UUID tell(String source, String type, String json) {
    UUID event = append(source, type, json);
    subscriptions(event).forEach(name -> TestLog.of(hub).awaitState(event, name, "done"));
    return event;
  }

  public UUID append(String source, String type, String json) {
    String body = json.replace('\'', '"').replace("$", "_" + mark);
    return TestLog.of(hub)
        .append(
            TestLog.event(source, type, UUID.randomUUID().toString(), id("subject"), body, null))
        .id();
  }

  /** Who takes an event. */
  public List<String> subscriptions(UUID event) {
    return database()
        .sql(
            """
            select name from serai.delivery d join serai.subscription s on s.id = subscription_id
            where event_id = :event
            """)
        .param("event", event)
        .query(String.class)
        .list();
  }

  /** A row of a table of the schema {@code payments}; missing, if there is none. */
  public JsonNode row(String table, String name) throws Exception {
    List<String> rows =
        database()
            .sql("select to_jsonb(t)::text from payments.%s t where id = :id".formatted(table))
            .param("id", id(name))
            .query(String.class)
            .list();
    return rows.isEmpty() ? JSON.missingNode() : JSON.readTree(rows.getFirst());
  }

  public String state(String table, String name) throws Exception {
    return row(table, name).path("state").asText("unknown");
  }

  /** What was refused of the events: reason and asked state. */
  public List<String> refused() {
    return history("refused is not null", "refused || ': ' || to_state");
  }

  /** What changed: from and to. */
  public List<String> changes(String name) {
    return history(
        "refused is null and id = '%s'".formatted(id(name)),
        "coalesce(from_state, 'unknown') || ' to ' || to_state");
  }

  private List<String> history(String which, String what) {
    return database()
        .sql(
            "select %s from payments.transition where %s and id like :mark order by number"
                .formatted(what, which))
        .param("mark", "%" + mark)
        .query(String.class)
        .list();
  }

  /** The types that others were told of a thing, in order. */
  public List<String> told(String name) {
    return database()
        .sql(
            """
            select type from serai.event
            where source = 'serai' and subject = :id and type not like 'topic.%' order by id
            """)
        .param("id", id(name))
        .query(String.class)
        .list();
  }

  /** The data of the last event of a type that others were told. */
  public JsonNode data(String type, String name) throws Exception {
    return JSON.readTree(
        database()
            .sql(
                """
                select convert_from(body, 'UTF8') from serai.event
                where source = 'serai' and type = :type and subject = :id order by id desc limit 1
                """)
            .param("type", type)
            .param("id", id(name))
            .query(String.class)
            .single());
  }

  public JdbcClient database() {
    return hub.database();
  }
}
