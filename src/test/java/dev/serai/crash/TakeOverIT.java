package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What do other hubs do with the work of one that dies, and with the work of one that lives? Work
 * takes 20 s, longer than a lease; {@code LONG_SECONDS=40} in the environment makes it longer.
 */
class TakeOverIT {

  private static final Duration TAKEN_OVER = Duration.ofSeconds(20);

  private static Cluster cluster;

  @BeforeAll
  static void startThree() throws IOException {
    cluster = new Cluster("take-over");
    for (int i = 0; i < 3; i++) {
      cluster.add().ensureReady();
    }
  }

  @AfterAll
  static void stop() throws IOException {
    cluster.close();
  }

  /**
   * A subscription is paused for the whole of it, so this is one story: under load events run long,
   * an event kills the hubs that handle it, a hub dies with its work.
   */
  @Test
  void theDeadAreRelievedTheLivingAreLeftAlone() throws Exception {
    HubProcess any = cluster.hubs().getFirst();
    Calls.send(any, "POST", "/api/v1/subscriptions/paused-all-the-while/pause");
    awaitHeard();
    List<String> waiting = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      waiting.add(cluster.post("ledger.waiting", "{\"id\":\"w\"}"));
    }
    Queue<String> taken = new ConcurrentLinkedQueue<>();
    ScheduledExecutorService load = cluster.post("ledger.counted", taken);
    try {
      await().until(() -> taken.size() > 200);
      List<String> longRunning = startLong();
      awaitOnce(longRunning);
      int acknowledged = taken.size();
      long handled = handledWhileAnEventKillsHubs();
      acknowledged = taken.size() - acknowledged;
      System.out.printf(
          "while an event kills hubs %s others are acknowledged and %s handled%n",
          acknowledged, handled);
      assertThat(handled).isGreaterThanOrEqualTo(acknowledged * 9L / 10);
      takesOver();
    } finally {
      load.shutdown();
      load.awaitTermination(1, TimeUnit.MINUTES);
    }
    cluster.ledger().awaitHandled(Duration.ofSeconds(90), List.copyOf(taken));
    assertThat(cluster.ledger().repeats("once")).isZero();
    assertThat(cluster.ledger().missing("waited", waiting)).isEqualTo(waiting.size());
    Calls.send(any.ensureReady(), "POST", "/api/v1/subscriptions/paused-all-the-while/resume");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> cluster.ledger().missing("waited", waiting) == 0);
  }

  /** Hubs hear of a pause within a second, busy ones a little later. */
  private static void awaitHeard() {
    await().pollDelay(Duration.ofSeconds(4)).until(() -> true);
  }

  private static List<String> startLong() throws Exception {
    List<String> events = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      events.add(cluster.post("trouble.long", "{\"id\":\"l\"}"));
    }
    await().until(() -> cluster.ledger().missing("begun", events) == 0);
    return events;
  }

  /** They run for longer than a lease, on hubs that live and have other work. */
  private static void awaitOnce(List<String> events) {
    await()
        .atMost(Duration.ofSeconds(90))
        .until(
            () ->
                number(
                        "select count(*) from serai.delivery where state = 'done' and"
                            + " event_id::text = any(?)",
                        events)
                    == events.size());
    assertThat(
            number(
                "select max(attempts) from serai.delivery where event_id::text = any(?)", events))
        .as("none was begun twice")
        .isOne();
    assertThat(number("select count(*) from ledger.begun where event_id = any(?)", events))
        .isEqualTo(events.size());
  }

  /** Returns how many other events are handled meanwhile. */
  private static long handledWhileAnEventKillsHubs() throws Exception {
    long handled = handled();
    String poison = cluster.post("trouble.halt", "{\"id\":\"p\"}");
    await()
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> {
              cluster.restartTheDead();
              assertThat(
                      number(
                          "select count(*) from serai.delivery where state = 'dead' and"
                              + " cause = 'hub-lost' and event_id::text = any(?)",
                          List.of(poison)))
                  .isOne();
            });
    assertThat(
            number(
                "select count(*) from serai.attempt where event_id::text = any(?)",
                List.of(poison)))
        .as("tries")
        .isEqualTo(2);
    cluster.awaitReady();
    return handled() - handled;
  }

  private static void takesOver() throws Exception {
    List<String> events = startLong();
    Map<String, Object> most =
        cluster
            .ledger()
            .jdbc()
            .sql(
                """
                select d.node, n.name from serai.delivery d join serai.node n on n.id = d.node
                where d.event_id::text = any(?) group by 1, 2 order by count(*) desc limit 1
                """)
            .param(1, events.toArray(String[]::new))
            .query()
            .singleRow();
    String pid = String.valueOf(most.get("name")).replaceFirst(".*:", "");
    HubProcess victim = cluster.hub(Long.parseLong(pid));
    List<String> its =
        cluster
            .ledger()
            .jdbc()
            .sql(
                "select event_id::text from serai.delivery where node = ? and state = 'running' and"
                    + " event_id::text = any(?)")
            .param(1, most.get("node"))
            .param(2, events.toArray(String[]::new))
            .query(String.class)
            .list();
    victim.kill9();
    OffsetDateTime killed =
        cluster.ledger().jdbc().sql("select now()").query(OffsetDateTime.class).single();
    await()
        .atMost(Duration.ofSeconds(60))
        .until(
            () ->
                number(
                        "select count(*) from serai.delivery where attempts = 2 and claimed_at"
                            + " is not null and state = 'running' and event_id::text = any(?)",
                        its)
                    == its.size());
    OffsetDateTime last =
        cluster
            .ledger()
            .jdbc()
            .sql("select max(claimed_at) from serai.delivery where event_id::text = any(?)")
            .param(1, its.toArray(String[]::new))
            .query(OffsetDateTime.class)
            .single();
    Duration took = Duration.between(killed, last);
    System.out.printf(
        "%s deliveries of a dead hub taken over within %s ms%n", its.size(), took.toMillis());
    assertThat(its).isNotEmpty();
    assertThat(took).isLessThan(TAKEN_OVER);
    cluster.restartTheDead();
    cluster.awaitReady();
  }

  private static long handled() {
    var count = cluster.ledger().jdbc().sql("select count(*) from ledger.once");
    return count.query(Long.class).single();
  }

  private static long number(String sql, List<String> events) {
    return cluster.ledger().number(sql, events);
  }
}
