package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What does a handler get when a sensitive body can't be decrypted, and who may claim it? */
@EngineTurn
class SensitiveDeliveryTest {

  private static final String OTHERS =
      "others:"
          + Base64.getEncoder()
              .encodeToString(
                  "another key of thirty-two bytes!".getBytes(StandardCharsets.US_ASCII));

  /** As in docs/operations.md. */
  private static final String NEEDING_A_KEY =
      """
      select e.id from (values (?)) as k (id), serai.erasure q join serai.event e on e.id = q.event_id
      where substr(e.body, 2, 1 + length(k.id)) = set_byte('\\x00', 0, length(k.id)) || k.id::bytea
      """;

  private final TestHub hub = TestHub.engine();
  private final JdbcClient jdbc = hub.database();
  private final Queue<String> handled = new ConcurrentLinkedQueue<>();
  private TestHandler handler;

  @BeforeEach
  void open() throws Exception {
    handler =
        TestHandler.of(hub)
            .with("retries", 0)
            .handle(exchange -> handled.add(exchange.getMessage().getBody(String.class)));
  }

  @AfterEach
  void close() throws Exception {
    handler.close();
  }

  /** One that is not due before its stored body was changed. */
  private UUID waiting() {
    return TestLog.of(hub)
        .append(
            TestLog.event(
                    "test",
                    handler.type(),
                    UUID.randomUUID().toString(),
                    null,
                    "{}",
                    Instant.now().plusSeconds(3_600))
                .asSensitive())
        .id();
  }

  private void deliver(UUID event, byte[] stored) {
    jdbc.sql("update serai.event set body = :body where id = :id")
        .param("body", stored)
        .param("id", event)
        .update();
    jdbc.sql("update serai.delivery set due_at = now() where event_id = ?").param(event).update();
  }

  private byte[] stored(UUID event) {
    return jdbc.sql("select body from serai.event where id = ?")
        .param(event)
        .query((row, number) -> row.getBytes(1))
        .single();
  }

  @Test
  void aBodyUnderAKeyThatIsGoneIsADeadLetterAndSaysSo() throws Exception {
    UUID event = waiting();
    EncryptionKeys others = EncryptionKeys.parse(OTHERS);

    deliver(event, new SensitiveBodies(() -> others).seal(event, new byte[] {'{', '}'}));

    assertThat(handler.awaitState(event, "dead").cause()).isEqualTo("body-key-missing");
    assertThat(handler.attempts(event).getFirst().detail())
        .contains("'others'", "SERAI_ENCRYPTION_KEYS");
    assertThat(handled).isEmpty();
    assertThat(jdbc.sql(NEEDING_A_KEY).param("others").query(UUID.class).list()).contains(event);
    Api.Answer body = Api.of(hub).get("/api/v1/events/" + event + "/body");
    assertThat(body.status()).isEqualTo(409);
    assertThat(body.json().path("cause").asText()).isEqualTo("body_key_missing");
  }

  @Test
  void oneThatSomebodyHasChangedIsToo() {
    UUID event = waiting();
    byte[] changed = stored(event);
    changed[changed.length - 1] ^= 1;

    deliver(event, changed);

    assertThat(handler.awaitState(event, "dead").cause()).isEqualTo("body-damaged");
    assertThat(handled).isEmpty();
  }

  @Test
  void oneThatWasPutInPlaceOfAnotherIsToo() {
    UUID event = waiting();

    deliver(event, stored(waiting()));

    assertThat(handler.awaitState(event, "dead").cause()).isEqualTo("body-damaged");
    assertThat(handled).isEmpty();
  }

  @Test
  void hubsOfTheVersionBeforeLeaveItToTheOthers() {
    String type = TestLog.newType();
    int subscription =
        hub.bean(Subscriptions.class).declare(type, List.of(type), List.of(), 1).id();
    UUID secret = TestLog.of(hub).append(TestLog.event(type, null).asSensitive()).id();
    UUID plain = TestLog.of(hub).append(type);

    assertThat(claimed("serai.claim_2", subscription, secret, plain)).containsExactly(plain);
    assertThat(claimed("serai.claim_3", subscription, secret, plain)).containsExactly(secret);
  }

  private List<UUID> claimed(String step, int subscription, UUID... events) {
    return jdbc.sql(
            """
            select c.event_id from %s(
              (select max(id) from serai.node where lease_until > now() + interval '1 s'),
              :subscription, (select array_agg(e::text order by e) from unnest(:events::uuid[]) as e),
              (extract(epoch from now() + interval '1 s') * 1000000)::bigint) c
            """
                .formatted(step))
        .param("subscription", subscription)
        .param("events", events)
        .query(UUID.class)
        .list();
  }

  @Test
  void whoAsksTheLogForABodyGetsItAsItWasOrNone() {
    UUID event = waiting();
    EventLog log = hub.bean(EventLog.class);
    assertThat(log.body(event)).hasValue(new byte[] {'{', '}'});

    jdbc.sql(
            """
            with q as (delete from serai.erasure where event_id = :event)
            update serai.event set body = '' where id = :event
            """)
        .param("event", event)
        .update();

    assertThat(log.body(event)).isEmpty();
  }

  @Test
  void aGroupOfBothKindsIsStoredEachAsItIs() {
    var log = hub.bean(EventLog.class);
    String type = TestLog.newType();
    var appends =
        IntStream.range(0, 200)
            .mapToObj(
                i -> {
                  NewEvent event = TestLog.event(type, i % 2 == 0 ? "secret" : "plain");
                  return log.append(i % 2 == 0 ? event.asSensitive() : event);
                })
            .toList();
    appends.forEach(
        append -> assertThat(append.join().status()).isEqualTo(Receipt.Status.ACCEPTED));

    assertThat(
            jdbc.sql(
                    """
                    select count(*) from serai.event e where type = ? and case
                      when subject = 'secret' then sensitive and body <> '{}'::bytea
                        and exists (select from serai.erasure where event_id = e.id)
                      else sensitive is null and body = '{}'::bytea
                        and not exists (select from serai.erasure where event_id = e.id) end
                    """)
                .param(type)
                .query(Integer.class)
                .single())
        .isEqualTo(200);
  }
}
