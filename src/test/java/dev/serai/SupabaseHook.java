package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;

/** A recorded Auth Hook with an id of its own, and what becomes of it. */
public record SupabaseHook(ObjectNode json) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public static SupabaseHook of(String fixture) throws Exception {
    ObjectNode hook =
        (ObjectNode) JSON.readTree(TestHub.bytes("fixtures/supabase/%s.json".formatted(fixture)));
    ((ObjectNode) hook.path("metadata")).put("uuid", UUID.randomUUID().toString());
    return new SupabaseHook(hook);
  }

  /** An object within it, to be changed. */
  public ObjectNode at(String pointer) {
    return (ObjectNode) json.at(pointer);
  }

  /** What the log has under its id. */
  public JsonNode recorded(TestHub hub) throws Exception {
    Api api = Api.of(hub);
    String key = json.at("/metadata/uuid").asText();
    JsonNode events = api.get("/api/v1/events?key=" + key).json().path("events");
    assertThat(events).hasSize(1);
    return api.get("/api/v1/events/%s/body".formatted(events.at("/0/id").asText())).json();
  }

  @Override
  public String toString() {
    return json.toString();
  }
}
