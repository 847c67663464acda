package dev.serai.reconcile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.Api;
import dev.serai.SupabaseSender;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Are rows of Supabase found whose changes nobody has told, each once? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(ReconcilingHub.TURN)
class SupabaseSweepTest {

  private static final String JOB = "reconcile-supabase";
  private static final String INSERTED = "supabase.public.moves.inserted";
  private static final String UPDATED = "supabase.public.moves.updated";

  private final ReconcilingHub reconciling = ReconcilingHub.emptied();
  private final TestHub hub = reconciling.hub();
  private final SupabaseRest supabase = reconciling.supabase();
  private final Instant anHourAgo = Instant.now().minus(1, ChronoUnit.HOURS);
  private SupabaseSender sender;

  @BeforeEach
  void knowsTheSecret() throws Exception {
    sender = new SupabaseSender(hub, "supabase", "/supabase");
  }

  /** As PostgREST writes it, a number of microseconds after an hour ago. */
  private String time(int micros) {
    return anHourAgo
        .truncatedTo(ChronoUnit.SECONDS)
        .plus(micros, ChronoUnit.MICROS)
        .toString()
        .replace("Z", "+00:00");
  }

  private static String newId() {
    return UUID.randomUUID().toString();
  }

  /** What our trigger posts. */
  private static String webhook(String operation, ObjectNode row) {
    return """
    {"id": "%s", "type": "%s", "table": "moves", "record": %s, "schema": "public", "sent_at": "%s",
     "old_record": %s}
    """
        .formatted(
            newId(),
            operation,
            row,
            Instant.now(),
            operation.equals("INSERT") ? "null" : "{\"title\": \"before\"}");
  }

  private long told(String type, String subject) {
    return hub.database()
        .sql("select count(*) from serai.event where type = ? and subject = ?")
        .params(type, subject)
        .query(Long.class)
        .single();
  }

  @Test
  void fiftySuppressedOnesAreFoundInOneCycleAndToldOnce() throws Exception {
    List<ObjectNode> rows = new ArrayList<>();
    for (int i = 0; i < 450; i++) {
      // Two hundred and more have the same time, also where a page ends.
      ObjectNode row = supabase.add(newId(), time(i / 250), time(i / 250));
      rows.add(row);
      if (i % 9 != 0) {
        assertThat(sender.post(webhook("INSERT", row)).statusCode()).isEqualTo(200);
      }
    }

    assertThat(reconciling.run(JOB, "{}")).isEqualTo("450 looked at, 50 recovered, 400 duplicates");
    assertThat(supabase.questions()).hasSize(4);
    assertThat(reconciling.run(JOB, "{\"since\":\"%s\"}".formatted(anHourAgo.minusSeconds(60))))
        .isEqualTo("450 looked at, 0 recovered, 450 duplicates");

    for (int i = 0; i < 450; i += 9) {
      assertThat(sender.post(webhook("INSERT", rows.get(i))).body()).contains("\"duplicate\"");
    }
    for (ObjectNode row : rows) {
      assertThat(told(INSERTED, row.path("id").asText())).isEqualTo(1);
    }
    // Its handler has told of each what it means.
    await()
        .untilAsserted(
            () ->
                assertThat(rows)
                    .allMatch(row -> told("move.started", row.path("id").asText()) == 1));
  }

  @Test
  void aRowIsToldAsItsTriggerWouldHave() throws Exception {
    String id = newId();
    supabase.add(id, time(1), time(1)).put("f", 0.1);

    reconciling.run(JOB, "{}");

    JsonNode event =
        Api.of(hub)
            .get("/api/v1/events?type=%s&limit=1".formatted(INSERTED))
            .json()
            .at("/events/0");
    assertThat(event.path("subject").asText()).isEqualTo(id);
    assertThat(event.path("workspace").asText()).isEqualTo("acme");
    assertThat(event.path("verified_by").asText()).isEqualTo("recovered:supabase-rows");
    JsonNode body =
        Api.of(hub).get("/api/v1/events/%s/body".formatted(event.path("id").asText())).json();
    assertThat(body.path("record").path("title").asText()).isEqualTo("It's \"one\"");
    assertThat(body.path("old_record").isNull()).isTrue();
  }

  @Test
  void anOldRowThatWasChangedIsToldAsUpdated() throws Exception {
    String id = newId();
    ObjectNode row = supabase.add(id, "2020-01-01T00:00:00+00:00", time(2));

    assertThat(reconciling.run(JOB, "{}")).isEqualTo("1 looked at, 1 recovered, 0 duplicates");
    assertThat(sender.post(webhook("UPDATE", row)).body()).contains("\"duplicate\"");
    assertThat(told(UPDATED, id)).isEqualTo(1);
    assertThat(told(INSERTED, id)).isZero();

    row.put("updated_at", time(3));
    assertThat(reconciling.run(JOB, "{\"since\":\"%s\"}".formatted(anHourAgo.minusSeconds(60))))
        .isEqualTo("1 looked at, 1 recovered, 0 duplicates");
    assertThat(told(UPDATED, id)).isEqualTo(2);
  }

  @Test
  void whatAWebhookToldBeforeIsKnownInWhateverZoneItWasWritten() throws Exception {
    String id = newId();
    ObjectNode row = supabase.add(id, time(4), time(4));
    ObjectNode elsewhere = row.deepCopy();
    elsewhere.put("updated_at", time(4).replace("+00:00", "Z"));
    assertThat(sender.post(webhook("INSERT", elsewhere)).statusCode()).isEqualTo(200);

    assertThat(reconciling.run(JOB, "{}")).isEqualTo("1 looked at, 0 recovered, 1 duplicates");
  }

  /** Of a new row that was changed soon after, the second change counts, and only it was lost. */
  @Test
  void aLaterChangeOfANewRowIsToldAsUpdated() throws Exception {
    String id = newId();
    ObjectNode row = supabase.add(id, time(6), time(6));
    assertThat(sender.post(webhook("INSERT", row)).statusCode()).isEqualTo(200);
    row.put("updated_at", time(7));

    assertThat(reconciling.run(JOB, "{}")).isEqualTo("1 looked at, 1 recovered, 0 duplicates");
    assertThat(told(INSERTED, id)).isEqualTo(1);
    assertThat(told(UPDATED, id)).isEqualTo(1);
  }

  @Test
  void whatMayBeUnderWayIsLeftForTheNextRun() {
    String now = Instant.now().toString().replace("Z", "+00:00");
    supabase.add(newId(), now, now);

    assertThat(reconciling.run(JOB, "{}")).isEqualTo("0 looked at, 0 recovered, 0 duplicates");
  }

  static Stream<Arguments> troubles() {
    return Stream.of(
        Arguments.of(FakeApi.error(429, "Retry-After", "7"), "ReceiverFailedException"),
        Arguments.of(FakeApi.error(500), "ReceiverFailedException"),
        Arguments.of(ReconcilingHub.emptied().supabase().silence(), "SocketTimeoutException"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void aRunThatFailsOnItsWayIsRepeatedAndMissesNothing(FakeApi.Trouble trouble, String cause) {
    for (int i = 0; i < 250; i++) {
      supabase.add(newId(), time(i), time(i));
    }
    supabase.trouble(1, trouble);

    UUID run = reconciling.begin(JOB, "{}");
    TestLog.FailedAttempt failed = reconciling.failed(run, JOB);
    assertThat(failed.cause()).isEqualTo(cause);
    assertThat(reconciling.reached("supabase/public.moves")).isEmpty();

    supabase.trouble(0, null);
    reconciling.later(run);
    assertThat(reconciling.ended(run, JOB))
        .isEqualTo("250 looked at, 50 recovered, 200 duplicates");
  }

  @Test
  void aTableThatCantBeSweptHoldsUpNoOther() {
    supabase.add(newId(), time(5), time(5));

    UUID run = reconciling.begin(JOB, "{\"tables\":\"moves,public.moves\"}");

    TestLog.FailedAttempt failed = reconciling.failed(run, JOB);
    assertThat(failed.detail()).contains("table is 'moves'", "public.orders");
    assertThat(reconciling.reached("supabase/public.moves")).hasSize(1);
  }
}
