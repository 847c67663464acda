package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/**
 * What do foundations and profiles of customers leave in the memory, in whatever order they come?
 */
class MemoryHandlersTest {

  private final TestHub hub = TestHub.shared();
  private final TestLog log = TestLog.of(hub);
  private final String id = UUID.randomUUID().toString();
  private final String whole = UUID.randomUUID().toString();

  @Test
  void anUpdatedFoundationIsRequestedToBeIndexed() {
    UUID event = foundation("2026-11-20T10:00:00Z");

    assertThat(requests()).containsExactly("waiting");
    assertThat(told(event)).containsExactly("index.requested/" + id);
  }

  @Test
  void aNewerRequestSupersedesTheOneThatWaits() {
    UUID first = foundation("2026-11-20T10:00:00Z");
    UUID second = foundation("2026-11-20T11:00:00Z");

    assertThat(requests()).containsExactly("superseded", "waiting");
    assertThat(told(first)).hasSize(1);
    assertThat(told(second)).hasSize(1);
  }

  @Test
  void anOlderOneThatComesLateIsToldToNobody() {
    foundation("2026-11-20T11:00:00Z");
    UUID late = foundation("2026-11-20T10:00:00Z");

    assertThat(requests()).containsExactly("superseded", "waiting");
    assertThat(told(late)).isEmpty();
  }

  @Test
  void aClockThatIsAYearAheadDoesNotOutdoAllThatFollows() {
    foundation("2099-01-01T00:00:00Z");
    UUID next = foundation("2099-01-01T00:00:00Z");

    assertThat(told(next)).hasSize(1);
  }

  @Test
  void aReplayLeavesOneRequest() throws Exception {
    UUID event = foundation("2026-11-20T10:00:00Z");
    Api.of(hub).send("POST", "/api/v1/events/" + event + "/replay");
    log.awaitState(event, "handler-memory-foundation", "done");

    assertThat(requests()).containsExactly("waiting");
  }

  @Test
  void aProfileBecomesANodeThatBelongsToItsFoundation() {
    UUID event = icp("Small clinics", "2026-11-20T10:00:00Z", whole);

    assertThat(node()).containsEntry("name", "Small clinics");
    assertThat(edges()).containsExactly(whole);
    assertThat(told(event)).containsExactly("graph.entry-added/" + id);
  }

  @Test
  void ofTwoTellingsTheLaterOneCountsWhicheverComesFirst() {
    String other = UUID.randomUUID().toString();
    icp("New name", "2026-11-20T11:00:00Z", whole);
    UUID late = icp("Old name", "2026-11-20T10:00:00Z", other);

    assertThat(node()).containsEntry("name", "New name");
    assertThat(edges()).containsExactly(whole);
    assertThat(told(late)).isEmpty();

    icp("Newest name", "2026-11-20T12:00:00Z", other);
    assertThat(node()).containsEntry("name", "Newest name");
    assertThat(edges()).containsExactly(other);
  }

  @Test
  void theChangeOfARowIsEnough() throws Exception {
    String row =
        "{\"id\":\"%s\",\"workspace\":\"acme\",\"schema\":\"public\",\"table\":\"icps\",\"operation\":\"INSERT\",\"record\":{\"id\":\"%s\",\"name\":\"Of a row\",\"foundation_id\":\"%s\",\"created_at\":\"yesterday, perhaps\"},\"old_record\":null}"
            .formatted(id, id, whole);
    send("icp.created", row, "handler-memory-icp");

    assertThat(node()).containsEntry("name", "Of a row");
    assertThat(edges()).containsExactly(whole);
  }

  private UUID foundation(String time) {
    return send(
        "foundation.updated",
        "{\"id\":\"%s\",\"workspace\":\"acme\",\"occurred_at\":\"%s\"}".formatted(id, time),
        "handler-memory-foundation");
  }

  private UUID icp(String name, String time, String foundation) {
    return send(
        "icp.created",
        "{\"id\":\"%s\",\"workspace\":\"acme\",\"name\":\"%s\",\"foundation\":\"%s\",\"occurred_at\":\"%s\"}"
            .formatted(id, name, foundation, time),
        "handler-memory-icp");
  }

  private UUID send(String type, String data, String subscription) {
    UUID event =
        log.append(TestLog.event("serai", type, UUID.randomUUID().toString(), id, data, null)).id();
    log.awaitState(event, subscription, "done");
    return event;
  }

  private List<String> requests() {
    return hub.database()
        .sql("select state from memory.index_request where foundation = ? order by happened_at, id")
        .param(id)
        .query(String.class)
        .list();
  }

  private Map<String, Object> node() {
    return hub.database()
        .sql("select name from memory.graph_node where kind = 'icp' and id = ?")
        .param(id)
        .query()
        .singleRow();
  }

  private List<String> edges() {
    return hub.database()
        .sql("select to_id from memory.graph_edge where from_kind = 'icp' and from_id = ?")
        .param(id)
        .query(String.class)
        .list();
  }

  private List<String> told(UUID event) {
    return hub.database()
        .sql("select type || '/' || subject from serai.event where causation_id = ?")
        .param(event)
        .query(String.class)
        .list();
  }
}
