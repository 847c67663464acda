package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.time.Clock;
import java.time.Duration;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** When is the body of a sensitive event erased, and what is left of the event? */
@EngineTurn
class ErasureTest {

  private static final Duration HOUR = Duration.ofHours(1);
  private static final String BODY = "{\"code\":\"123456\"}";

  private final TestHub hub = TestHub.engine();
  private final JdbcClient jdbc = hub.database();
  private final Api api = Api.of(hub);
  private final Queue<String> handled = new ConcurrentLinkedQueue<>();
  private volatile boolean broken;
  private TestHandler handler;

  @BeforeEach
  void open() throws Exception {
    handler = TestHandler.of(hub).with("retries", 0).handle(this::handle);
  }

  @AfterEach
  void close() throws Exception {
    handler.close();
  }

  private void handle(Exchange exchange) {
    handled.add(exchange.getMessage().getBody(String.class));
    if (broken) {
      throw new IllegalStateException();
    }
  }

  @Test
  void anHourAfterItsDelivery() throws Exception {
    UUID event = done();

    age(event, HOUR.minusMinutes(1));
    erase();
    assertThat(isErased(event)).isFalse();

    age(event, HOUR.plusMinutes(1));
    erase();
    assertThat(isErased(event)).isTrue();
    assertThat(api.get("/api/v1/events/" + event).text())
        .contains("\"erased_at\":\"", "\"body_bytes\":0", "\"state\":\"done\"");
    Api.Answer body = api.get("/api/v1/events/" + event + "/body");
    assertThat(body.status()).isEqualTo(410);
    assertThat(body.json().path("cause").asText()).isEqualTo("body_erased");
  }

  @Test
  void anHourAfterItsReceiptIfNobodyTakesIt() {
    UUID event = append(TestLog.newType(), "key");
    age(event, HOUR.plusMinutes(1));
    erase();
    assertThat(isErased(event)).isTrue();
  }

  @Test
  void aDeadLetterKeepsItUntilItHasEndedWell() {
    broken = true;
    UUID event = append(handler.type(), "key");
    handler.awaitState(event, "dead");
    age(event, HOUR.multipliedBy(100));
    erase();
    assertThat(isErased(event)).isFalse();

    broken = false;
    assertThat(hub.bean(DeadLetters.class).retry(event, handler.id())).isTrue();
    handler.awaitState(event, "done");
    assertThat(handled).containsExactly(BODY, BODY);

    age(event, HOUR.plusMinutes(1));
    erase();
    assertThat(isErased(event)).isTrue();
  }

  @Test
  void whatIsStillNeededIsNotLookedAtAgainForAnHour() {
    UUID event = append(handler.type(), "key");
    handler.awaitState(event, "done");
    set(event, "open = true, state = 'ready', finished_at = null, due_at = now() + interval '9 d'");
    jdbc.sql("update serai.erasure set needed_at = now() - interval '2 h' where event_id = ?")
        .param(event)
        .update();

    erase();

    assertThat(isQueued(event, "needed_at > now() - interval '1 m'")).isTrue();
    set(event, "open = false, state = 'skipped', finished_at = now()");
  }

  @Test
  void aCopyOfAnErasedOneIsStillACopy() {
    NewEvent event = event(handler.type(), "copied-" + UUID.randomUUID());
    UUID first = TestLog.of(hub).append(event).id();
    handler.awaitState(first, "done");
    age(first, HOUR.plusMinutes(1));
    erase();

    Receipt again = TestLog.of(hub).append(event);

    assertThat(again).isEqualTo(new Receipt(first, Receipt.Status.DUPLICATE));
  }

  @Test
  void anErasedOneIsNotDeliveredAgain() throws Exception {
    UUID event = done();
    age(event, HOUR.plusMinutes(1));
    erase();

    Api.Answer one = api.post("/api/v1/events/" + event + "/replay", "");
    JsonNode many =
        api.post("/api/v1/replays", "{\"type\":\"%s\",\"dry_run\":true}".formatted(handler.type()))
            .json();

    assertThat(one.status()).isEqualTo(410);
    assertThat(one.json().path("detail").asText()).contains("erased", "can't be delivered again");
    assertThat(many.path("deliveries").asInt(-1)).as(many.toString()).isZero();
    assertThat(handled).hasSize(1);
  }

  /** The lock keeps a replay and an erasure apart, and so does this. */
  @Test
  void anErasedOneThatIsClaimedIsADeadLetterAndNotAnEmptyBody() {
    UUID event = done();
    age(event, HOUR.plusMinutes(1));
    erase();

    set(event, "open = true, state = 'ready', finished_at = null, due_at = now(), attempts = 0");

    assertThat(handler.awaitState(event, "dead").cause()).isEqualTo("body-erased");
    assertThat(handled).hasSize(1);
  }

  @Test
  void whatRetentionHasDroppedIsForgottenHere() {
    UUID gone = UUID.randomUUID();
    jdbc.sql("insert into serai.erasure values (?, now() - interval '2 h')").param(gone).update();

    erase();

    assertThat(isQueued(gone, "true")).isFalse();
  }

  private UUID done() {
    UUID event = append(handler.type(), "done-" + UUID.randomUUID());
    handler.awaitState(event, "done");
    return event;
  }

  private UUID append(String type, String key) {
    return TestLog.of(hub).append(event(type, key + UUID.randomUUID())).id();
  }

  private static NewEvent event(String type, String key) {
    return TestLog.event("test", type, key, null, BODY, null).asSensitive();
  }

  private void erase() {
    new Erasure(jdbc, HOUR, Clock.systemUTC()).run();
  }

  /** As if all that happened to an event had happened so much earlier. */
  private void age(UUID event, Duration by) {
    jdbc.sql(
            """
            with e as (update serai.event set received_at = now() - :by::interval where id = :event),
              q as (update serai.erasure set needed_at = now() - :by::interval where event_id = :event)
            update serai.delivery set finished_at = now() - :by::interval where event_id = :event
            """)
        .param("by", by.toString())
        .param("event", event)
        .update();
  }

  private void set(UUID event, String columns) {
    jdbc.sql("update serai.delivery set %s where event_id = ?".formatted(columns))
        .param(event)
        .update();
  }

  private boolean isErased(UUID event) {
    return jdbc.sql(
            "select length(body) = 0 and erased_at is not null from serai.event where id = ?")
        .param(event)
        .query(Boolean.class)
        .single();
  }

  private boolean isQueued(UUID event, String condition) {
    return jdbc.sql(
            "select exists (select from serai.erasure where event_id = ? and %s)"
                .formatted(condition))
        .param(event)
        .query(Boolean.class)
        .single();
  }
}
