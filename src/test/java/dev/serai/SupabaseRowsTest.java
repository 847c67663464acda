package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of the change of a row? */
class SupabaseRowsTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final TestHub hub = TestHub.shared();
  private final String row = UUID.randomUUID().toString();

  @ParameterizedTest
  @CsvSource({
    "auth, users, INSERT, user.created",
    "auth, users, DELETE, user.deleted",
    "public, foundations, UPDATE, foundation.updated",
    "public, icps, INSERT, icp.created",
    "public, moves, INSERT, move.started",
    "public, contents, INSERT, content.generated",
  })
  void aChangeWithAMeaningIsToldOnce(String schema, String table, String operation, String type)
      throws Exception {
    String change = change(schema, table, operation, "\"workspace_id\":\"acme\"");

    String first = id(signed(change));
    assertThat(id(signed(change))).isEqualTo(first);

    JsonNode told = told(first).orElseThrow();
    assertThat(told.path("type").asText()).isEqualTo(type);
    assertThat(told.path("subject").asText()).isEqualTo(row);
    assertThat(told.path("workspace").asText()).isEqualTo("acme");
    assertThat(told.path("causation_id").asText()).isEqualTo(first);
  }

  @Test
  void aChangeWithoutAMeaningIsKeptAndNotTold() throws Exception {
    String event = id(signed(change("public", "orders", "INSERT", "\"amount\":2499.00")));

    assertThat(told(event)).isEmpty();
    assertThat(Api.of(hub).get("/api/v1/events/" + event).json().path("type").asText())
        .isEqualTo("supabase.public.orders.inserted");
  }

  @Test
  void numbersKeepTheirDigitsOnTheirWay() throws Exception {
    String numbers = "\"amount\":2499.00,\"big\":9223372036854775807123,\"f\":0.1000";

    String event = id(signed(change("public", "icps", "INSERT", numbers)));

    String told = told(event).orElseThrow().path("id").asText();
    for (String id : List.of(event, told)) {
      assertThat(body(id).replace(" ", ""))
          .contains("\"amount\":2499.00", "\"big\":9223372036854775807123", "\"f\":0.1000");
    }
  }

  @Test
  void hashesAndTokensOfUsersAreNowhere() throws Exception {
    String users = TestHub.resource("fixtures/supabase/05-db-auth-users-insert.json");
    String event = id(header(users.replace("4f1c9a52-7d36-4a58-9b0e-2c6d1e8f0a11", row)));

    String told = told(event).orElseThrow().path("id").asText();
    for (String id : List.of(event, told)) {
      assertThat(body(id))
          .contains("[redacted]", "asha@example.com")
          .doesNotContain("$2a$10$", "pkce_example_confirmation_token");
    }
  }

  @Test
  void withoutAnIdTheSameChangeIsKnownByItsBody() throws Exception {
    String orders = change("public", "orders", "UPDATE", "\"amount\":1");

    assertThat(id(header(orders))).isEqualTo(id(header(orders)));
    assertThat(id(header(orders.replace("\"amount\":1", "\"amount\":2"))))
        .isNotEqualTo(id(header(orders)));
  }

  private String change(String schema, String table, String operation, String columns) {
    String record = "{\"id\":\"%s\",%s}".formatted(row, columns);
    boolean before = !operation.equals("INSERT");
    boolean after = !operation.equals("DELETE");
    return "{\"type\":\"%s\",\"table\":\"%s\",\"schema\":\"%s\",\"record\":%s,\"old_record\":%s}"
        .formatted(operation, table, schema, after ? record : "null", before ? record : "null");
  }

  private HttpResponse<String> signed(String change) throws Exception {
    return new SupabaseSender(hub, "supabase", "/supabase").post(change);
  }

  private HttpResponse<String> header(String change) throws Exception {
    String[] secret = Files.readString(hub.data().resolve("secrets/supabase-header")).split(":", 2);
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(hub.url() + "/webhooks/supabase/header"))
            .header("Content-Type", "application/json")
            .header(secret[0], secret[1])
            .POST(HttpRequest.BodyPublishers.ofString(change))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  private static String id(HttpResponse<String> response) throws Exception {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return JSON.readTree(response.body()).path("id").asText();
  }

  /** The event that its handler emitted, once it is handled. */
  private Optional<JsonNode> told(String event) {
    await()
        .until(
            () ->
                Api.of(hub)
                    .get("/api/v1/events/" + event)
                    .json()
                    .path("deliveries")
                    .findValuesAsText("state")
                    .equals(List.of("done")));
    List<String> told =
        hub.database()
            .sql("select id::text from serai.event where causation_id = :id::uuid")
            .param("id", event)
            .query(String.class)
            .list();
    assertThat(told).hasSizeLessThan(2);
    return told.stream().findFirst().map(this::event);
  }

  private JsonNode event(String id) {
    try {
      return Api.of(hub).get("/api/v1/events/" + id).json();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private String body(String id) throws Exception {
    return Api.of(hub).get("/api/v1/events/%s/body".formatted(id)).text();
  }
}
