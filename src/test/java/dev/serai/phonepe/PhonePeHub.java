package dev.serai.phonepe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A hub with a database of its own that asks a {@link PhonePeApi}. */
final class PhonePeHub implements AutoCloseable {

  static final String SUBSCRIPTION = "handler-phonepe-confirm";

  /** The resource of its tests, which take turns: they share a budget and tokens. */
  static final String TURN = "hub that asks PhonePe";

  private static final String CREDENTIALS = "hub_user:a0password";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final TestHub hub;
  private final PhonePeApi api;

  private PhonePeHub(TestHub hub, PhonePeApi api) {
    this.hub = hub;
    this.api = api;
  }

  private static final class Shared {
    private static final PhonePeHub HUB = start();
  }

  /** One for all tests that need nothing special, with a full budget for ids that nobody knows. */
  static PhonePeHub shared() {
    Shared.HUB.hub.database().sql("delete from payments.status_budget").update();
    return Shared.HUB;
  }

  /** One with a database and an API of its own. */
  static PhonePeHub start() {
    try {
      PhonePeApi api = PhonePeApi.start();
      return new PhonePeHub(TestHub.start(settings(api)), api);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<String, String> settings(PhonePeApi api) {
    return Map.of(
        "SERAI_PHONEPE_SECRETS",
        CREDENTIALS,
        "serai.phonepe.api-url",
        api.url("pg"),
        "serai.phonepe.identity-url",
        api.url("identity"),
        "serai.phonepe.client-id",
        PhonePeApi.CLIENT,
        "serai.phonepe.client-secret",
        PhonePeApi.SECRET,
        "serai.phonepe.timeout",
        "1s",
        "serai.phonepe.rate",
        "50");
  }

  /** A second hub on the same database, which asks the same API. */
  PhonePeHub another() {
    return new PhonePeHub(hub.another(settings(api)), api);
  }

  TestHub hub() {
    return hub;
  }

  PhonePeApi api() {
    return api;
  }

  /** The fixture of a name, about an order, refund and subscription of the given id. */
  static ObjectNode fixture(String name, String id) throws IOException {
    return (ObjectNode)
        JSON.readTree(
            TestHub.resource("fixtures/phonepe/" + name + ".json")
                .replaceAll("HUB-(1001|S-1|S-2|SUB-1)", id));
  }

  static ObjectNode payload(ObjectNode webhook) {
    return (ObjectNode) webhook.path("payload");
  }

  /** Posts a webhook whose header is right; returns the event's id. */
  UUID post(String body) throws Exception {
    HttpResponse<String> answer = CLIENT.send(request(body), HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return UUID.fromString(JSON.readTree(answer.body()).path("id").asText());
  }

  HttpRequest request(String body) throws Exception {
    byte[] hash =
        MessageDigest.getInstance("SHA-256").digest(CREDENTIALS.getBytes(StandardCharsets.UTF_8));
    return HttpRequest.newBuilder(URI.create(hub.url() + "/webhooks/phonepe"))
        .timeout(Duration.ofSeconds(20))
        .header("Content-Type", "application/json")
        .header("Authorization", HexFormat.of().formatHex(hash))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
  }

  /** Posts a webhook and waits until it is handled. */
  UUID handled(ObjectNode webhook) throws Exception {
    UUID event = post(webhook.toString());
    log().awaitState(event, SUBSCRIPTION, "done");
    return event;
  }

  /** The failed attempt of that number, once it is recorded. */
  TestLog.FailedAttempt failed(UUID event, int attempt) {
    await().until(() -> log().attempts(event, SUBSCRIPTION).size() >= attempt);
    return log().attempts(event, SUBSCRIPTION).get(attempt - 1);
  }

  /** Makes the next attempt due, as if time had passed. */
  void later(UUID event) {
    hub.database()
        .sql("update payments.status_check set asked_at = asked_at - interval '1 minute'")
        .update();
    hub.database()
        .sql("update serai.delivery set due_at = now() where event_id = ? and state = 'ready'")
        .param(event)
        .update();
  }

  /** The data of what was emitted of a type and subject. */
  List<JsonNode> emitted(String type, String subject) {
    return hub
        .database()
        .sql(
            """
            select convert_from(body, 'UTF8') from serai.event
            where source = 'serai' and type = :type and subject = :subject order by id
            """)
        .param("type", type)
        .param("subject", subject)
        .query(String.class)
        .list()
        .stream()
        .map(PhonePeHub::json)
        .toList();
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Why an event was not believed. */
  List<String> reasons(UUID event) {
    return hub.database()
        .sql("select reason from payments.contradiction where event_id = ?")
        .param(event)
        .query(String.class)
        .list();
  }

  /** Announces an order, as a shop does before it sends its customer to PhonePe. */
  void announce(String order) {
    String data =
        "{\"provider\":\"phonepe\",\"id\":\"%s\",\"amount\":249900,\"currency\":\"inr\"}"
            .formatted(order);
    log().append(TestLog.event("test", "payment.initiated", order, order, data, null));
    await().until(() -> payments(order).equals(List.of("created")));
  }

  /** The state of the payment of that id, if there is one. */
  List<String> payments(String order) {
    return hub.database()
        .sql("select state from payments.payment where provider = 'phonepe' and id = ?")
        .param(order)
        .query(String.class)
        .list();
  }

  TestLog log() {
    return TestLog.of(hub);
  }

  @Override
  public void close() {
    hub.close();
  }
}
