package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.event.EventLog;
import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Appends to a hub's event log and reads what became of the deliveries. */
public final class TestLog {

  private static final Duration OFTEN = Duration.ofMillis(20);
  private static final int MOST_TRIES = 10;

  private final TestHub hub;

  private TestLog(TestHub hub) {
    this.hub = hub;
  }

  public static TestLog of(TestHub hub) {
    return new TestLog(hub);
  }

  /** A type that nothing else asks for. */
  public static String newType() {
    return "test." + UUID.randomUUID();
  }

  /** An event of source {@code test} with a key of its own. */
  public static NewEvent event(String type, @Nullable String subject) {
    return event("test", type, UUID.randomUUID().toString(), subject, "{}", null);
  }

  public static NewEvent event(
      String source,
      String type,
      String key,
      @Nullable String subject,
      String json,
      @Nullable Instant dueAt) {
    return new NewEvent(
        source,
        type,
        key,
        subject,
        null,
        Instant.now(),
        "application/json",
        json.getBytes(StandardCharsets.UTF_8),
        null,
        null,
        null,
        0,
        dueAt);
  }

  public UUID append(String type) {
    return append(event(type, null)).id();
  }

  /** As a provider does, it sends the same event again when no answer came in time. */
  public Receipt append(NewEvent event) {
    return sent(event, MOST_TRIES).join();
  }

  private CompletableFuture<Receipt> sent(NewEvent event, int tries) {
    return hub.bean(EventLog.class)
        .append(event)
        .exceptionallyCompose(
            failure ->
                failure instanceof TimeoutException && tries > 1
                    ? sent(event, tries - 1)
                    : CompletableFuture.failedFuture(failure));
  }

  /** Appends so many events side by side; returns their ids. */
  public List<UUID> append(String type, int count) {
    List<CompletableFuture<Receipt>> appends = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      appends.add(sent(event(type, null), MOST_TRIES));
    }
    return appends.stream().map(append -> append.join().id()).toList();
  }

  public Delivery delivery(UUID event, String subscription) {
    List<Delivery> found = deliveries(event, subscription);
    assertThat(found).as("deliveries of %s to %s", event, subscription).hasSize(1);
    return found.getFirst();
  }

  public List<Delivery> deliveries(UUID event, String subscription) {
    return hub.database()
        .sql(
            """
            select d.* from serai.delivery d join serai.subscription s on s.id = subscription_id
            where event_id = :event and name = :subscription
            """)
        .param("event", event)
        .param("subscription", subscription)
        .query(TestLog::read)
        .list();
  }

  private static Delivery read(ResultSet row, int number) throws SQLException {
    String state = row.getString("state");
    assertThat(row.getBoolean("open")).isEqualTo(List.of("ready", "running").contains(state));
    assertThat(row.getBoolean("dead")).isEqualTo(state.equals("dead"));
    return new Delivery(
        state,
        row.getInt("attempts"),
        row.getInt("token"),
        row.getInt("replays"),
        row.getString("cause"),
        row.getString("result"),
        row.getObject("due_at", OffsetDateTime.class).toInstant());
  }

  /** The failed attempts, the first one first. */
  public List<FailedAttempt> attempts(UUID event, String subscription) {
    return hub.database()
        .sql(
            """
            select a.* from serai.attempt a join serai.subscription s on s.id = subscription_id
            where event_id = :event and name = :subscription order by token
            """)
        .param("event", event)
        .param("subscription", subscription)
        .query(
            (row, number) ->
                new FailedAttempt(
                    row.getInt("attempt"),
                    row.getString("cause"),
                    row.getString("detail"),
                    row.getObject("ended_at", OffsetDateTime.class).toInstant(),
                    row.getObject("retry_at", OffsetDateTime.class)))
        .list();
  }

  public Delivery awaitState(UUID event, String subscription, String state) {
    await()
        .pollInterval(OFTEN)
        .untilAsserted(() -> assertThat(delivery(event, subscription).state()).isEqualTo(state));
    return delivery(event, subscription);
  }

  /** How many deliveries of a subscription are in a state. */
  public int count(String subscription, String state) {
    return hub.database()
        .sql(
            """
            select count(*) from serai.delivery d join serai.subscription s on s.id = subscription_id
            where name = :subscription and d.state = :state
            """)
        .param("subscription", subscription)
        .param("state", state)
        .query(Integer.class)
        .single();
  }

  /** One event for one subscription. */
  public record Delivery(
      String state,
      int attempts,
      int token,
      int replays,
      @Nullable String cause,
      @Nullable String result,
      Instant dueAt) {}

  /** An attempt that failed; {@code retryAt} is null if it was the last. */
  public record FailedAttempt(
      int attempt,
      String cause,
      String detail,
      Instant endedAt,
      @Nullable OffsetDateTime retryAt) {}
}
