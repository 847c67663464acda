package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What are Supabase's Auth Hooks told, and where is it seen afterwards? */
class SupabaseHooksTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final TestHub hub = TestHub.shared();

  @Test
  void aUserOfNoBlockedDomainMayBeCreated() throws Exception {
    SupabaseHook hook = SupabaseHook.of("12-auth-before-user-created");

    HttpResponse<String> answer = ask("before-user-created", hook);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(JSON.readTree(answer.body())).isEqualTo(JSON.createObjectNode());
  }

  @Test
  void aUserOfABlockedDomainIsRefusedWithAMessageThatAuthShows() throws Exception {
    SupabaseHook hook = SupabaseHook.of("12-auth-before-user-created");
    hook.at("/user").put("email", "Someone@Blocked.Example");

    HttpResponse<String> answer = ask("before-user-created", hook);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(JSON.readTree(answer.body()).at("/error/http_code").asInt()).isEqualTo(403);
    assertThat(hook.recorded(hub).at("/answer/error/http_code").asInt()).isEqualTo(403);
    assertThat(hook.recorded(hub).path("decided_by").asText()).isEqualTo("route");
    assertThat(hook.recorded(hub).path("request")).isEqualTo(hook.json());
  }

  @Test
  void aTokenKeepsItsClaimsAndGetsTheWorkspace() throws Exception {
    SupabaseHook hook = SupabaseHook.of("11-auth-custom-access-token");
    hook.at("/claims/app_metadata").put("workspace_id", "acme");

    JsonNode claims = JSON.readTree(ask("access-token", hook).body()).path("claims");

    assertThat(claims.path("workspace_id").asText()).isEqualTo("acme");
    ((ObjectNode) claims).remove("workspace_id");
    assertThat(claims).isEqualTo(hook.json().path("claims"));
  }

  @Test
  void afterTooManyFailuresEvenARightPasswordIsRefused() throws Exception {
    String user = UUID.randomUUID().toString();
    for (int i = 0; i < 10; i++) {
      assertThat(decision("password", user, false)).isEqualTo("continue");
    }

    assertThat(decision("password", user, true)).isEqualTo("reject");
    assertThat(decision("password", UUID.randomUUID().toString(), false)).isEqualTo("continue");
  }

  @Test
  void aSuccessForgetsTheFailures() throws Exception {
    String user = UUID.randomUUID().toString();
    for (int i = 0; i < 9; i++) {
      decision("password", user, false);
    }
    decision("password", user, true);

    assertThat(decision("password", user, false)).isEqualTo("continue");
  }

  @Test
  void aHookThatAsksIsNotTakenWhereHooksAreQueued() throws Exception {
    HttpResponse<String> answer =
        new SupabaseSender(hub, "supabase-auth", "/supabase/auth")
            .post(SupabaseHook.of("15-auth-password-verification").toString());

    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(JSON.readTree(answer.body()).path("cause").asText()).isEqualTo("wrong_type");
  }

  @Test
  void aHookThatIsToldIsQueuedOnceHoweverOftenAuthTries() throws Exception {
    String hook = SupabaseHook.of("13-auth-after-user-created").toString();
    SupabaseSender auth = new SupabaseSender(hub, "supabase-auth", "/supabase/auth");

    JsonNode first = JSON.readTree(auth.post(hook).body());
    JsonNode second = JSON.readTree(auth.post(hook).body());

    assertThat(List.of(first.path("status").asText(), second.path("status").asText()))
        .containsExactly("accepted", "duplicate");
    assertThat(second.path("id")).isEqualTo(first.path("id"));
  }

  private String decision(String path, String user, boolean valid) throws Exception {
    SupabaseHook hook = SupabaseHook.of("15-auth-password-verification");
    hook.json().put("user_id", user).put("valid", valid);
    return JSON.readTree(ask(path, hook).body()).path("decision").asText();
  }

  private HttpResponse<String> ask(String path, SupabaseHook hook) throws Exception {
    return new SupabaseSender(hub, "supabase-" + path, "/supabase/" + path).post(hook.toString());
  }
}
