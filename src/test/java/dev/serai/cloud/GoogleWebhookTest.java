package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleTasks;
import dev.serai.cloud.google.GoogleTokens;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What do the examples take of Cloud Tasks and of push subscriptions, and what not? */
class GoogleWebhookTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int RANDOM = 200;
  private static TestHub.Routes tasks;
  private static TestHub.Routes pushes;

  @BeforeAll
  static void open() throws Exception {
    tasks = TaskHub.shared().routes(TaskHub.example("google-tasks"));
    pushes = TaskHub.shared().routes(TaskHub.example("google-pubsub"));
  }

  @AfterAll
  static void close() throws Exception {
    tasks.close();
    pushes.close();
  }

  private static String token() {
    return GoogleTasks.tokens().token(TaskHub.AUDIENCE, Instant.now());
  }

  private static HttpResponse<String> post(String source, String token, byte[] body)
      throws Exception {
    return post(source, token, "task-" + UUID.randomUUID(), body);
  }

  private static HttpResponse<String> post(String source, String token, String task, byte[] body)
      throws Exception {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(TaskHub.shared().url() + "/webhooks/" + source))
            .header("Content-Type", "application/json")
            .header("Authorization", "Bearer " + token)
            .header("X-CloudTasks-QueueName", "default")
            .header("X-CloudTasks-TaskName", task)
            .POST(HttpRequest.BodyPublishers.ofByteArray(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String push(String id, int attempt) throws Exception {
    ObjectNode root = JSON.createObjectNode();
    root.putObject("message")
        .put(
            "data",
            Base64.getEncoder().encodeToString("{\"total\":5}".getBytes(StandardCharsets.UTF_8)))
        .put("messageId", id)
        .put("message_id", id)
        .put("publishTime", "2026-11-20T18:00:00.123Z")
        .put("publish_time", "2026-11-20T18:00:00.123Z")
        .put("orderingKey", "order-7")
        .putObject("attributes")
        .put("type", "order.placed");
    root.put("subscription", "projects/acme-test-1/subscriptions/hub");
    root.put("deliveryAttempt", attempt);
    return JSON.writeValueAsString(root);
  }

  @Test
  void aPushIsAnEventOnceUnderItsMessageId() throws Exception {
    String id = UUID.randomUUID().toString();
    HttpResponse<String> first =
        post("google-pubsub", token(), push(id, 1).getBytes(StandardCharsets.UTF_8));
    HttpResponse<String> again =
        post("google-pubsub", token(), push(id, 2).getBytes(StandardCharsets.UTF_8));
    assertThat(first.body()).contains("accepted");
    assertThat(again.body()).contains("duplicate");
    String event = JSON.readTree(first.body()).path("id").asText();
    var stored = Api.of(TaskHub.shared()).get("/api/v1/events/" + event).json();
    assertThat(stored.path("type").asText()).isEqualTo("google-pubsub.order.placed");
    assertThat(stored.path("key").asText()).isEqualTo(id);
    assertThat(stored.path("subject").asText()).isEqualTo("order-7");
    assertThat(stored.path("time").asText()).startsWith("2026-11-20T18:00:00.123");
    assertThat(stored.toString()).doesNotContain("Bearer");
  }

  /** Cloud Tasks may send a task twice. */
  @Test
  void aTaskThatIsSentTwiceIsOneEvent() throws Exception {
    String name = "task-" + UUID.randomUUID();
    byte[] body = "{\"order\":1}".getBytes(StandardCharsets.UTF_8);
    assertThat(post("google-tasks", token(), name, body).body()).contains("accepted");
    assertThat(post("google-tasks", token(), name, body).body()).contains("duplicate");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "{\"message\":{\"data\":\"e30=\"},\"subscription\":\"s\"}; 'messageId'",
        "{\"message\":{\"messageId\":\"1\"},\"subscription\":\"s\"}; neither data nor attributes",
        "{\"message\":{\"messageId\":\"1\",\"data\":\"%\"},\"subscription\":\"s\"}; not base64",
        "{}; no key",
      })
  void whatIsNoPushIsRefusedAsSuch(String body, String told) throws Exception {
    HttpResponse<String> answer =
        post("google-pubsub", token(), body.getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).contains("envelope", told);
  }

  @Test
  void aTokenForAnotherIsRefusedAndTheRefusalKeepsNothingOfIt() throws Exception {
    String other = GoogleTasks.tokens().token("https://other.example", Instant.now());
    HttpResponse<String> answer =
        post("google-tasks", other, "{}".getBytes(StandardCharsets.UTF_8));
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("signature_mismatch", TaskHub.AUDIENCE);
    Api api = Api.of(TaskHub.shared());
    await()
        .untilAsserted(
            () ->
                assertThat(api.get("/api/v1/refusals?source=google-tasks").json().toString())
                    .contains("signature_mismatch")
                    .doesNotContain(other));
  }

  @Test
  void theApiJudgesATokenByItsSourceAndByOptions() throws Exception {
    Api api = Api.of(TaskHub.shared());
    String request =
        """
        {"source": "google-tasks", "body": "{}", "headers": {"Authorization": "Bearer %s"}}
        """;
    assertThat(verdict(api, request.formatted(token()))).isEqualTo("accept");
    String options =
        """
        {"scheme": "google-oidc", "options": {"audience": "%s"}, "secrets": ["%s"], "body": "{}",
         "headers": {"Authorization": "Bearer %s"}}
        """;
    assertThat(verdict(api, options.formatted("https://b.example", GoogleTokens.ACCOUNT, token())))
        .isEqualTo("reject");
    assertThat(verdict(api, options.formatted(TaskHub.AUDIENCE, GoogleTokens.ACCOUNT, token())))
        .isEqualTo("accept");
    Api.Answer none =
        api.post("/api/v1/verify", "{\"scheme\": \"google-oidc\", \"secrets\": [\"a@b.c\"]}");
    assertThat(none.status()).isEqualTo(400);
    assertThat(none.json().path("detail").asText()).contains("'audience'");
  }

  private static String verdict(Api api, String request) throws Exception {
    return api.post("/api/v1/verify", request).json().path("verdict").asText();
  }

  /** Right tokens with any body, and right bodies with any token. */
  @Test
  void noInputIsAnsweredWithAnErrorOfTheHub() throws Exception {
    Random random = new Random(7);
    List<String> bodies =
        List.of(
            "",
            "{}",
            "[]",
            "{\"message\":{}}",
            "{\"message\":[],\"subscription\":1}",
            push("1", 1));
    for (int i = 0; i < RANDOM; i++) {
      byte[] body = bodies.get(random.nextInt(bodies.size())).getBytes(StandardCharsets.UTF_8);
      for (int j = 0; j < 3 && body.length > 0; j++) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      StringBuilder token = new StringBuilder(token());
      if (i % 2 == 0) {
        token.setCharAt(random.nextInt(token.length()), (char) ('!' + random.nextInt(90)));
      }
      for (String source : List.of("google-tasks", "google-pubsub")) {
        assertThat(post(source, token.toString(), body).statusCode()).isIn(200, 400, 401);
      }
    }
  }
}
