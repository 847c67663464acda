package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.job.RunRecord;
import dev.serai.job.TestRuns;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Are people told of dead letters, once a slot, and of all of them? */
class DeadLetterDigestTest {

  private static final String JOB = "dead-letter-digest";

  private static NotifyingHub notifying;
  private static TestHub hub;
  private static TestRuns runs;

  @BeforeAll
  static void start() throws Exception {
    notifying = NotifyingHub.start();
    hub = notifying.hub();
    runs = TestRuns.of(hub);
    notifying.slack().answer(200, "ok");
  }

  @BeforeEach
  void noSlotWasEver() {
    hub.database()
        .sql("delete from serai.run r using serai.job j where j.id = r.job_id and j.name = ?")
        .param(JOB)
        .update();
  }

  @AfterAll
  static void stop() {
    notifying.close();
  }

  @Test
  void aDayWithDeadLettersIsToldOfOnceBySubscriptionAndCause() throws Exception {
    Instant slot = Instant.parse("2026-10-05T07:00:00Z");
    Instant since = slot.minusSeconds(86_410);
    dead("digest-a", "timeout", 2_000, since);
    dead("digest-a", "TeapotException", 3, since.plusSeconds(3_600));
    dead("digest-b", "timeout", 1, slot.minusSeconds(11));
    dead("digest-b", "timeout", 1, slot.minusSeconds(10)); // the next day's

    RunRecord run = runs.done(runs.backfill(JOB, slot, slot.plusSeconds(1)));

    assertThat(run.result())
        .isEqualTo("told of 2004 dead letters of 3 kinds since 2026-10-04T06:59:50Z");
    UUID event = told(run);
    TestLog.of(hub).awaitState(event, "handler-dead-letters-digested-email", "done");
    TestLog.of(hub).awaitState(event, "handler-dead-letters-digested-slack", "done");
    MimeMessage mail = notifying.mails("from 2026-10-04T06:59:50Z").getFirst();
    assertThat(mail.getSubject()).isEqualTo("2004 dead letters since 2026-10-04T06:59:50Z");
    assertThat(NotifyingHub.part(mail, 0))
        .contains("2000 x digest-a: timeout", "3 x digest-a: TeapotException", "1 x digest-b");
    assertThat(NotifyingHub.part(mail, 1)).contains("<td>digest-a</td><td>timeout</td>");
    assertThat(notifying.posted())
        .contains("*2004 dead letters* since 2026-10-04T06:59:50Z", "2000 × digest-a: timeout");
    JsonNode kept = document(slot);
    assertThat(kept.at("/groups/0/examples")).hasSize(3);
    assertThat(kept.at("/groups/0/oldest/at").asText()).isEqualTo("2026-10-04T06:59:50Z");
    assertThat(kept.at("/groups/0/oldest/event")).isEqualTo(kept.at("/groups/0/examples/0"));

    dead("digest-a", "late", 5, slot.minusSeconds(60));
    RunRecord again = runs.done(runs.backfill(JOB, slot, slot.plusSeconds(1)));
    assertThat(again.result())
        .isEqualTo("2026-10-05T07:00:00Z was told of before; nothing was sent");
    assertThat(document(slot)).isEqualTo(kept);
    assertThat(events(again)).isZero();

    Instant next = slot.plusSeconds(86_400);
    RunRecord tomorrow = runs.done(runs.backfill(JOB, next, next.plusSeconds(1)));
    assertThat(tomorrow.result())
        .isEqualTo("told of 1 dead letters of 1 kinds since 2026-10-05T06:59:50Z");
  }

  @Test
  void whereThereAreNoneNobodyIsTold() {
    Instant slot = Instant.parse("2026-09-05T07:00:00Z");
    RunRecord run = runs.done(runs.backfill(JOB, slot, slot.plusSeconds(1)));
    assertThat(run.result()).isEqualTo("no dead letters since 2026-09-04T06:59:50Z");
    assertThat(events(run)).isZero();
  }

  @Test
  void daysThatWereLeftOutAreToldOfByTheNextAndManyKindsAreCutOff() throws Exception {
    Instant first = Instant.parse("2026-08-01T07:00:00Z");
    runs.done(runs.backfill(JOB, first, first.plusSeconds(1)));
    for (int i = 0; i < 53; i++) {
      dead("digest-many", "cause-%02d".formatted(i), i < 50 ? 2 : 1, first.plusSeconds(60));
    }
    Instant later = Instant.parse("2026-08-04T07:00:00Z");
    RunRecord run = runs.done(runs.backfill(JOB, later, later.plusSeconds(1)));
    assertThat(run.result())
        .isEqualTo("told of 103 dead letters of 53 kinds since 2026-08-01T06:59:50Z");
    JsonNode kept = document(later);
    assertThat(kept.path("groups")).hasSize(50);
    assertThat(kept.path("further").toString()).isEqualTo("{\"count\":3,\"kinds\":3}");
  }

  @Test
  void oneThatFailsBeforeItsEndTellsNobodyAndIsRepeated() throws Exception {
    Instant slot = Instant.parse("2026-07-05T07:00:00Z");
    dead("digest-c", "timeout", 2, slot.minusSeconds(3_600));
    hub.database()
        .sql(
            """
            create function public.refuse() returns trigger language plpgsql as
              $$ begin raise exception 'no space left'; end $$;
            create trigger refuse before insert on serai.event_key for each row
            when (new.key like '%/tell-dead-letters%' or new.key like '%/job-dead-letter-digest/%')
            execute function public.refuse();
            """)
        .update();
    UUID run = runs.backfill(JOB, slot, slot.plusSeconds(1));
    assertThat(runs.failed(run).detail()).isNotBlank();
    assertThat(documents(slot)).isZero();
    hub.database().sql("drop function public.refuse() cascade").update();
    runs.later(run);
    assertThat(runs.done(run).attempts()).isEqualTo(2);
    assertThat(documents(slot)).isOne();
    await().until(() -> events(runs.find(run)) == 1);
  }

  /** So many dead letters, a minute apart at most, from this time on. */
  private static void dead(String subscription, String cause, int count, Instant from) {
    hub.database()
        .sql(
            """
            with sub as (
              insert into serai.subscription (name, types, max_attempts, created_at, declared_at, changed_at)
              values (:subscription, '{none}', 1, now(), now(), now())
              on conflict (name) do update set types = excluded.types returning id
            )
            insert into serai.delivery (event_id, subscription_id, state, open, dead, cause, due_at, finished_at)
            select gen_random_uuid(), sub.id, 'dead', false, true, :cause, :at, :at + n * interval '1 ms'
            from sub, generate_series(0, :count - 1) as n
            """)
        .param("subscription", subscription)
        .param("cause", cause)
        .param("count", count)
        .param("at", OffsetDateTime.ofInstant(from, ZoneOffset.UTC))
        .update();
  }

  /** The event that a run has told people by. */
  private static UUID told(RunRecord run) {
    return of(run).getFirst();
  }

  private static int events(RunRecord run) {
    return of(run).size();
  }

  private static List<UUID> of(RunRecord run) {
    return hub.database()
        .sql("select id from serai.event where type = 'dead-letters.digested' and causation_id = ?")
        .param(run.id())
        .query(UUID.class)
        .list();
  }

  private static JsonNode document(Instant slot) throws Exception {
    return new ObjectMapper()
        .readTree(
            hub.database()
                .sql(
                    "select data from serai.document where kind = 'dead-letter-digest' and period ="
                        + " ?")
                .param(slot.toString())
                .query(String.class)
                .single());
  }

  private static long documents(Instant slot) {
    return hub.database()
        .sql("select count(*) from serai.document where period = ?")
        .param(slot.toString())
        .query(Long.class)
        .single();
  }
}
