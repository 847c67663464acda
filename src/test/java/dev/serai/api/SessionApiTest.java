package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.redis.Sessions;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can be done with sessions over the API, and what do their tokens open? */
class SessionApiTest {

  private static final TestHub HUB = TestHub.shared();
  private static final TestHub OTHER = HUB.another(Map.of());

  private final Api admin = Api.of(HUB);
  private final Api operator = new Api(HUB.url(), TestHub.OPERATOR_KEY);
  private final String user = "u" + UUID.randomUUID();

  @AfterAll
  static void stopTheOther() {
    OTHER.close();
  }

  @Test
  void aSessionIsBegunReadChangedExtendedAndEnded() throws Exception {
    Api.Answer created =
        operator.post(
            "/api/v1/sessions",
            "{\"user\":\"%s\",\"workspace\":\"acme\",\"metadata\":{\"device\":\"phone\"}}"
                .formatted(user));
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    String path = "/api/v1/sessions/" + created.json().path("id").asText();

    JsonNode changed =
        operator
            .send(
                "PATCH",
                path,
                "{\"agent\":\"writer\",\"append\":[{\"role\":\"user\",\"text\":\"hi\"}],"
                    + "\"context\":{\"a\":{\"b\":1},\"c\":2}}")
            .json();
    assertThat(changed.path("version").asInt()).isEqualTo(2);
    changed =
        operator
            .send("PATCH", path, "{\"version\":2,\"context\":{\"a\":{\"d\":3},\"c\":null}}")
            .json();
    assertThat(changed.path("context").toString()).isEqualTo("{\"a\":{\"b\":1,\"d\":3}}");
    assertThat(changed.path("agent").asText()).isEqualTo("writer");
    assertThat(operator.send("PATCH", path, "{\"version\":2,\"agent\":\"late\"}").status())
        .isEqualTo(409);
    JsonNode extended = operator.post(path + "/extend?ttl=2h", "").json();
    assertThat(extended.path("expires_at").asText())
        .isGreaterThan(changed.path("expires_at").asText());

    JsonNode read = new Api(OTHER.url(), TestHub.VIEWER_KEY).get(path).json();
    assertThat(read.path("messages").toString()).isEqualTo("[{\"role\":\"user\",\"text\":\"hi\"}]");
    assertThat(read.path("metadata").path("device").asText()).isEqualTo("phone");
    assertThat(operator.send("DELETE", path).status()).isEqualTo(200);
    assertThat(operator.get(path).status()).isEqualTo(404);
  }

  @Test
  void itsTokenOpensTheApiOnEveryHubWithItsRoleUntilTheUserIsRevoked() throws Exception {
    String token = token("viewer");
    Api here = new Api(HUB.url(), token);
    Api there = new Api(OTHER.url(), token);
    assertThat(there.get("/api/v1/subscriptions").status()).isEqualTo(200);
    assertThat(there.post("/api/v1/subscriptions/none/pause", "").status()).isEqualTo(403);
    assertThat(here.get("/api/v1/sessions/current").json().path("user").asText()).isEqualTo(user);

    assertThat(
            operator
                .send("DELETE", "/api/v1/users/%s/sessions".formatted(user))
                .json()
                .path("ended")
                .asInt())
        .isEqualTo(1);

    assertThat(there.get("/api/v1/subscriptions").status()).isEqualTo(401);
    assertThat(here.get("/api/v1/subscriptions").status()).isEqualTo(401);
  }

  @Test
  void whoeverHasATokenMayGiveItBack() throws Exception {
    Api own = new Api(HUB.url(), token("viewer"));
    assertThat(own.send("DELETE", "/api/v1/sessions/current").status()).isEqualTo(200);
    assertThat(own.get("/api/v1/subscriptions").status()).isEqualTo(401);
    assertThat(operator.send("DELETE", "/api/v1/sessions/current").status()).isEqualTo(400);
  }

  @Test
  void nobodyGivesAwayMoreThanTheyHave() throws Exception {
    Api.Answer more =
        operator.post("/api/v1/sessions", "{\"user\":\"%s\",\"role\":\"admin\"}".formatted(user));
    assertThat(more.status()).isEqualTo(403);
    Api own = new Api(HUB.url(), token("operator"));
    assertThat(
            own.post("/api/v1/sessions", "{\"user\":\"%s\",\"role\":\"admin\"}".formatted(user))
                .status())
        .isEqualTo(403);
    assertThat(token(null)).startsWith("ss_");
    assertThat(new Api(HUB.url(), token(null)).get("/api/v1/subscriptions").status())
        .as("without a role it opens nothing")
        .isEqualTo(401);
  }

  @Test
  void aSessionOfAKeyThatIsGoneOpensNothing() throws Exception {
    String token = HUB.bean(Sessions.class).create(user, null, null, "gone", "viewer").token();
    assertThat(new Api(HUB.url(), token).get("/api/v1/subscriptions").status()).isEqualTo(401);
    String board = HUB.bean(Sessions.class).create(user, null, null, "board", "admin").token();
    assertThat(new Api(HUB.url(), board).get("/api/v1/audit").status())
        .as("the key is a viewer's by now")
        .isEqualTo(403);
  }

  @Test
  void theAuditLogNamesTheUserAndNoToken() throws Exception {
    String token = token("operator");
    String path = "/api/v1/subscriptions/s" + UUID.randomUUID() + "/pause";
    assertThat(new Api(HUB.url(), token).post(path, "").status()).isEqualTo(404);
    JsonNode call = admin.get("/api/v1/audit?path=" + path).json().path("calls").path(0);
    assertThat(call.path("key").asText()).isEqualTo("ci/" + user);
    assertThat(call.path("role").asText()).isEqualTo("operator");
    assertThat(HUB.database().sql("select * from serai.audit").query().listOfRows().toString())
        .doesNotContain(token)
        .contains(user);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "POST; /api/v1/sessions; {}; 'user'",
        "POST; /api/v1/sessions; {\"user\":\"\"}; 'user'",
        "POST; /api/v1/sessions; {\"user\":\"a\",\"role\":\"king\"}; 'role'",
        "POST; /api/v1/sessions; {\"user\":\"a\",\"metadata\":[1]}; 'metadata'",
        "POST; /api/v1/sessions/{id}/extend?ttl=-5s; ; 'ttl'",
        "POST; /api/v1/sessions/{id}/extend?ttl=soon; ; 'ttl'",
        "PATCH; /api/v1/sessions/{id}; {\"messages\":[]}; 'version'",
        "PATCH; /api/v1/sessions/{id}; {\"context\":5}; 'context'",
        "GET; /api/v1/sessions/{id}?touch=5; ; 'touch'",
      })
  void whatMakesNoSenseIsNamed(String method, String path, String body, String named)
      throws Exception {
    String id = HUB.bean(Sessions.class).create(user, null, null).session().id();
    Api.Answer answer = operator.send(method, path.replace("{id}", id), body == null ? "" : body);
    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().path("detail").asText()).contains(named);
  }

  private String token(@Nullable String role) throws Exception {
    String given = role == null ? "" : ",\"role\":\"%s\"".formatted(role);
    return operator
        .post("/api/v1/sessions", "{\"user\":\"%s\"%s}".formatted(user, given))
        .json()
        .path("token")
        .asText();
  }
}
