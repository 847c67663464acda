package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Asks a hub for replays and reads what they did. */
public final class ReplayApi {

  private final TestHub hub;
  private final Api api;

  public ReplayApi(TestHub hub) {
    this.hub = hub;
    this.api = Api.of(hub);
  }

  /** Starts a replay; the request is JSON in single quotes. */
  public String start(String request) throws Exception {
    return started("/api/v1/replays", request);
  }

  /** Starts a replay at another door of the API. */
  public String started(String path, String request) throws Exception {
    Api.Answer answer = api.post(path, request.replace('\'', '"'));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    return answer.json().path("id").asText();
  }

  public JsonNode show(String id) throws Exception {
    return api.get("/api/v1/replays/" + id).json();
  }

  public Api.Answer cancel(String id) throws Exception {
    return api.post("/api/v1/replays/" + id + "/cancel", "");
  }

  public JsonNode awaitEnd(String id) {
    return await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> show(id), replay -> !replay.path("state").asText().equals("running"));
  }

  /** Waits until the replay is done and all that it delivered is handled. */
  public JsonNode awaitHandled(String id, TestHandler handler) {
    JsonNode replay = awaitEnd(id);
    assertThat(replay.path("state").asText()).as(replay.toString()).isEqualTo("done");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                handler.log().count(handler.id(), "ready")
                        + handler.log().count(handler.id(), "running")
                    == 0);
    return replay;
  }

  /** When the deliveries of a type that were replayed became due. */
  public List<OffsetDateTime> replayedAt(String type) {
    return hub.database()
        .sql(
            """
            select d.due_at from serai.delivery d join serai.event e on e.id = d.event_id
            where e.type = :type and d.replays > 0 order by d.due_at
            """)
        .param("type", type)
        .query((row, number) -> row.getObject("due_at", OffsetDateTime.class))
        .list();
  }

  /** How many times each event of a type was delivered again. */
  public List<Integer> replays(String type) {
    return hub.database()
        .sql(
            """
            select d.replays from serai.delivery d join serai.event e on e.id = d.event_id
            where e.type = :type
            """)
        .param("type", type)
        .query(Integer.class)
        .list();
  }

  /** Appends events of the handler's type and waits until all are handled. */
  public static List<UUID> handled(TestHandler handler, int count) {
    List<UUID> events = new ArrayList<>(handler.log().append(handler.type(), count));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> handler.log().count(handler.id(), "done") == count);
    return events;
  }
}
