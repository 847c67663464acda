package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import dev.serai.TestLog;
import dev.serai.event.EventLog;
import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import dev.serai.event.Subscriptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What happens when two hubs work on one database? */
@EngineTurn
class TwoHubsTest {

  private static final TestHub ONE = TestHub.engine();
  private static final TestHub TWO = ONE.another(Map.of());

  @AfterAll
  static void stopTheOther() {
    TWO.close();
  }

  @Test
  void bothHandleAndEachEventIsHandledOnce() throws Exception {
    Map<UUID, AtomicInteger> handled = new ConcurrentHashMap<>();
    CountDownLatch both = new CountDownLatch(2);
    Set<String> seen = ConcurrentHashMap.newKeySet();
    try (var here =
            TestHandler.of(ONE).handle(exchange -> note("one", exchange, handled, seen, both));
        var there = here.on(TWO).handle(exchange -> note("two", exchange, handled, seen, both))) {
      int count = 600;
      for (int i = 0; i < count / 20; i++) {
        here.log().append(here.type(), 10);
        there.log().append(here.type(), 10);
      }
      await().until(() -> here.log().count(here.id(), "done") == count);
      assertThat(seen).containsExactlyInAnyOrder("one", "two");
      assertThat(handled).hasSize(count);
      assertThat(handled.values()).allSatisfy(times -> assertThat(times).hasValue(1));
    }
  }

  /** The first delivery of each hub waits until the other has one, too. */
  private static void note(
      String who,
      Exchange exchange,
      Map<UUID, AtomicInteger> handled,
      Set<String> seen,
      CountDownLatch both)
      throws InterruptedException {
    handled
        .computeIfAbsent(TestHandler.eventId(exchange), id -> new AtomicInteger())
        .incrementAndGet();
    if (seen.add(who)) {
      both.countDown();
    }
    assertThat(both.await(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void twoHundredCopiesOfAnEventAreOneEventAndOneDelivery() throws Exception {
    try (var handler = TestHandler.of(ONE).handle(exchange -> {})) {
      String key = UUID.randomUUID().toString();
      NewEvent copy = TestLog.event("test", handler.type(), key, null, "{}", null);
      List<CompletableFuture<Receipt>> appends = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        appends.add(ONE.bean(EventLog.class).append(copy));
        appends.add(TWO.bean(EventLog.class).append(copy));
      }
      Map<Receipt.Status, Integer> statuses = new HashMap<>();
      appends.forEach(append -> statuses.merge(append.join().status(), 1, Integer::sum));
      assertThat(statuses)
          .isEqualTo(Map.of(Receipt.Status.ACCEPTED, 1, Receipt.Status.DUPLICATE, 199));
      await().until(() -> handler.log().count(handler.id(), "done") == 1);
      assertThat(
              ONE.database()
                  .sql("select duplicates from serai.event_key where key = :key")
                  .param("key", key)
                  .query(Integer.class)
                  .single())
          .isEqualTo(199);
    }
  }

  @Test
  void noEventAppendedAfterASubscriptionChangedOnTheOtherIsMissed() throws Exception {
    Subscriptions subscriptions = TWO.bean(Subscriptions.class);
    TestLog log = TestLog.of(ONE);
    String type = TestLog.newType();
    AtomicBoolean stop = new AtomicBoolean();
    List<UUID> appended = Collections.synchronizedList(new ArrayList<>());
    Thread appending =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!stop.get()) {
                    appended.add(log.append(type));
                  }
                });
    try {
      for (int i = 0; i < 8; i++) {
        String name = "change-" + UUID.randomUUID();
        subscriptions.declare(name, List.of(type), List.of(), 1);
        // One may be under way that began before the change; all further ones began after it.
        int began = appended.size() + 1;
        await().until(() -> appended.size() > began + 10);
        for (UUID event : List.copyOf(appended).subList(began, began + 10)) {
          assertThat(log.deliveries(event, name)).hasSize(1);
        }
      }
    } finally {
      stop.set(true);
      appending.join();
    }
  }
}
