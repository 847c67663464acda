package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Are the events of a key handled in their order while every tenth fails at first, hubs are killed,
 * and there are one, then three, then one of them?
 *
 * <p>An inversion is an effect of an earlier event of a key that is committed after the effect of a
 * later one. Without a transaction an effect may be there twice in a row, if its hub was killed.
 */
class OrderIT {

  private static final boolean LONG = Boolean.getBoolean("serai.order.long");
  private static final int KEYS = LONG ? 1_000 : 40;
  private static final int EVENTS = LONG ? 100 : 30;
  private static final Duration BETWEEN_KILLS = Duration.ofSeconds(10);
  private static final int POSTERS = LONG ? 16 : 8;

  private final Random random = new Random(Long.getLong("serai.seed", 5));
  private final AtomicInteger posted = new AtomicInteger();
  private volatile int allowed;
  private int kills;

  @Test
  void noEventOvertakesAnEarlierOneOfItsKey() throws Exception {
    try (Cluster cluster = new Cluster("order");
        ExecutorService posters = Executors.newFixedThreadPool(POSTERS)) {
      HubProcess first = cluster.add().ensureReady();
      long begin = System.nanoTime();
      List<Future<?>> posting = new ArrayList<>();
      for (int i = 0; i < POSTERS; i++) {
        int mine = i;
        posting.add(posters.submit(() -> post(cluster, mine)));
      }
      killWhile(cluster, KEYS * EVENTS / (LONG ? 10 : 3));
      cluster.add();
      cluster.add();
      cluster.awaitReady();
      killWhile(cluster, KEYS * EVENTS - KEYS * EVENTS / (LONG ? 10 : 3));
      for (HubProcess hub : List.copyOf(cluster.hubs())) {
        if (hub != first) {
          hub.ensureReady();
          cluster.remove(hub);
        }
      }
      killWhile(cluster, KEYS * EVENTS);
      for (Future<?> poster : posting) {
        poster.get(10, TimeUnit.MINUTES);
      }
      awaitEnd(cluster);
      report(cluster, begin);
      for (String table : List.of("ordered", "ordered_once")) {
        assertThat(number(cluster, table, "n < before")).as("inversions in " + table).isZero();
        assertThat(number(cluster, table, "n > before + 1")).as("gaps in " + table).isZero();
        assertThat(number(cluster, table, "before is null and n <> 1"))
            .as("wrong beginnings in " + table)
            .isZero();
        assertThat(distinct(cluster, table)).isEqualTo((long) KEYS * EVENTS);
      }
      assertThat(number(cluster, "ordered_once", "n = before")).as("repeats").isZero();
      assertThat(kills).isGreaterThanOrEqualTo(3);
    }
  }

  /** One event after the other; keys in turn, so that many are under way at a time. */
  private @Nullable Void post(Cluster cluster, int poster)
      throws IOException, InterruptedException {
    for (int n = 1; n <= EVENTS; n++) {
      for (int key = poster; key < KEYS; key += POSTERS) {
        await().atMost(Duration.ofMinutes(5)).until(() -> posted.get() < allowed);
        cluster.post("order.numbered", "{\"id\":\"key-%s\",\"n\":%s}".formatted(key, n));
        posted.incrementAndGet();
      }
    }
    return null;
  }

  /**
   * Kills one hub after the other, each started again at once, until so many events are posted: ten
   * seconds after all were ready, or once in the short run.
   */
  private void killWhile(Cluster cluster, int until) throws Exception {
    allowed = until;
    int half = posted.get() + (until - posted.get()) / 2;
    AtomicBoolean killed = new AtomicBoolean();
    while (posted.get() < until) {
      if (LONG) {
        cluster.awaitReady(); // one that starts for ever would be no hub
      }
      long next = System.nanoTime() + BETWEEN_KILLS.toNanos();
      await()
          .atMost(Duration.ofMinutes(10))
          .until(
              () ->
                  posted.get() >= until
                      || (LONG ? System.nanoTime() > next : posted.get() >= half && !killed.get()));
      if (posted.get() < until && (LONG || !killed.getAndSet(true))) {
        cluster.hubs().get(random.nextInt(cluster.hubs().size())).kill9();
        kills++;
      }
      cluster.restartTheDead();
    }
  }

  private static void awaitEnd(Cluster cluster) {
    await()
        .atMost(Duration.ofMinutes(LONG ? 30 : 3))
        .pollInterval(Duration.ofMillis(500))
        .untilAsserted(
            () -> {
              cluster.restartTheDead();
              assertThat(
                      cluster
                          .ledger()
                          .jdbc()
                          .sql("select count(*) from serai.delivery where open")
                          .query(Long.class)
                          .single())
                  .isZero();
            });
  }

  private void report(Cluster cluster, long begin) {
    System.out.printf(
        "%s keys of %s events in %s s, %s kills: %s failed attempts, %s taken over, %s repeats%n",
        KEYS,
        EVENTS,
        Duration.ofNanos(System.nanoTime() - begin).toSeconds(),
        kills,
        attempts(cluster).get("failed"),
        attempts(cluster).get("lost"),
        number(cluster, "ordered", "n = before"));
  }

  private static Map<String, Object> attempts(Cluster cluster) {
    return cluster
        .ledger()
        .jdbc()
        .sql(
            """
            select count(*) as failed, count(*) filter (where cause = 'hub-lost') as lost
            from serai.attempt
            """)
        .query()
        .singleRow();
  }

  private static long number(Cluster cluster, String table, String condition) {
    return cluster
        .ledger()
        .jdbc()
        .sql(
            """
            select count(*) from (
              select n, lag(n) over (partition by key order by at) as before from ledger.%s) o
            where %s
            """
                .formatted(table, condition))
        .query(Long.class)
        .single();
  }

  private static long distinct(Cluster cluster, String table) {
    return cluster
        .ledger()
        .jdbc()
        .sql("select count(distinct (key, n)) from ledger." + table)
        .query(Long.class)
        .single();
  }
}
