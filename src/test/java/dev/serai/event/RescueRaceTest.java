package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.EngineTurn;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * What happens when a hub finishes its deliveries at the moment at which they are taken over?
 * {@code -Dserai.races=10000} for more of them.
 */
@EngineTurn
class RescueRaceTest {

  private static final int RACES = Integer.getInteger("serai.races", 1_000);
  private static final int AT_A_TIME = 50;

  private final TestHub hub = TestHub.engine();
  private final TestLog log = TestLog.of(hub);
  private final Nodes nodes = hub.bean(Nodes.class);
  private final Deliveries deliveries = hub.bean(Deliveries.class);
  private final String name = "race-" + UUID.randomUUID();
  private final Random random = new Random(6);

  @Test
  void eachHasOneCompletionAndTheOldTokenIsRefused() throws Exception {
    Subscription subscription =
        hub.bean(Subscriptions.class).declare(name, List.of(name), List.of(), 100);
    int finishedInTime = 0;
    for (int done = 0; done < RACES; done += AT_A_TIME) {
      List<UUID> events = log.append(name, AT_A_TIME);
      int first = nodes.register(name, "test");
      List<Claimed> old = claim(first, subscription, events);
      assertThat(old).hasSize(AT_A_TIME);
      List<Boolean> early = race(first, old);

      int second = nodes.register(name, "test");
      List<Claimed> again = claim(second, subscription, events);
      assertThat(count(early)).isEqualTo(AT_A_TIME - again.size());
      assertThat(again).allMatch(claimed -> claimed.token() == 2);
      assertThat(count(finish(old))).as("the old ones, once more").isZero();
      assertThat(count(finish(again))).isEqualTo(again.size());
      assertThat(count(finish(again))).as("twice").isZero();
      nodes.leave(second);
      finishedInTime += count(early);
    }
    assertThat(log.count(name, "done")).isEqualTo(RACES);
    // Otherwise there was no race.
    assertThat(finishedInTime).isStrictlyBetween(RACES / 50, RACES - RACES / 50);
  }

  /** The lease ends, and is looked at, while the deliveries are finished one by one. */
  private List<Boolean> race(int node, List<Claimed> claimed) {
    long nanos = random.nextLong(TimeUnit.MILLISECONDS.toNanos(12));
    var rescue =
        CompletableFuture.runAsync(
            () -> {
              LockSupport.parkNanos(nanos);
              hub.database()
                  .sql("update serai.node set lease_until = :then where id = :node")
                  .param("then", Times.utc(Instant.now().minus(Duration.ofSeconds(1))))
                  .param("node", node)
                  .update();
              nodes.rescue();
            });
    List<Claimed> mixed = new ArrayList<>(claimed);
    Collections.shuffle(mixed, random);
    List<Boolean> recorded = new ArrayList<>();
    for (Claimed delivery : mixed) {
      recorded.addAll(finish(List.of(delivery)));
    }
    rescue.join();
    return recorded;
  }

  private List<Claimed> claim(int node, Subscription subscription, List<UUID> events)
      throws SQLException {
    hub.database()
        .sql(
            """
            update serai.delivery set due_at = claimed_at
            where event_id = any(:events) and state = 'ready' and claimed_at is not null
            """)
        .param("events", events.toArray(UUID[]::new))
        .update();
    return deliveries.claim(node, subscription.id(), Ordering.NONE, null, events);
  }

  private List<Boolean> finish(List<Claimed> claimed) {
    return claimed.stream()
        .map(delivery -> deliveries.finish(Finish.done(delivery, Instant.now())))
        .toList()
        .stream()
        .map(finished -> finished.join().recorded())
        .toList();
  }

  private static int count(List<Boolean> recorded) {
    return (int) recorded.stream().filter(Boolean::booleanValue).count();
  }
}
