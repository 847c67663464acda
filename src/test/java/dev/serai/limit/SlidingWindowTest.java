package dev.serai.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.redis.Redis;
import io.lettuce.core.api.StatefulRedisConnection;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Is a limit kept in any window, and nothing refused that it would have let through? */
class SlidingWindowTest {

  private static final int CLIENTS = 64;
  private static final int WINDOWS = Integer.getInteger("serai.windows", 100);

  private final TestHub hub = TestHub.shared();
  private final StatefulRedisConnection<String, String> redis = hub.bean(Redis.class).require();
  private final SlidingWindow window = new SlidingWindow();
  private final String key = "serai:rate:test:" + UUID.randomUUID();

  @Test
  void clientsThatAskAtOnceNeverGetMoreThanTheLimitInAnyWindowAndNeverLess() throws Exception {
    int limit = 40;
    Duration length = Duration.ofMillis(50);
    SlidingWindow.Ask ask = new SlidingWindow.Ask(limit, length, 1, true);
    List<RateUse> uses = new ArrayList<>();
    try (Monitor monitor = new Monitor(hub, key);
        ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
      uses.add(window.use(redis, key, ask));
      Instant end = uses.getFirst().at().plus(length.multipliedBy(WINDOWS));
      List<Future<List<RateUse>>> answers = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        answers.add(clients.submit(() -> askUntil(end, ask)));
      }
      for (Future<List<RateUse>> answer : answers) {
        uses.addAll(answer.get());
      }
      await().until(() -> monitor.commands() >= uses.size());
      assertThat(monitor.commands()).as("round trips").isEqualTo(uses.size());
    }
    System.out.printf(
        "%s checks in %s windows, %s allowed%n",
        uses.size(), WINDOWS, uses.stream().filter(RateUse::allowed).count());
    Judged judged = Judged.of(uses, limit, length);
    assertThat(judged.allowed()).isGreaterThan((long) limit * WINDOWS / 2);
    assertThat(judged.windowsOverTheLimit()).isZero();
    assertThat(judged.falseRefusals()).isZero();
    assertThat(judged.refused()).isPositive();
  }

  private List<RateUse> askUntil(Instant end, SlidingWindow.Ask ask) {
    List<RateUse> uses = new ArrayList<>();
    RateUse use;
    do {
      use = window.use(redis, key, ask);
      uses.add(use);
    } while (use.at().isBefore(end));
    return uses;
  }

  @Test
  void aRequestCountsWhatItCosts() {
    assertThat(use(10, 4, true).remaining()).isEqualTo(6);
    assertThat(use(10, 6, false).allowed()).isTrue();
    assertThat(use(10, 7, true).allowed()).isFalse();
    RateUse last = use(10, 6, true);
    assertThat(last.allowed()).isTrue();
    assertThat(last.remaining()).isZero();
    assertThat(last.retryAt()).isEqualTo(last.at());

    RateUse refused = use(10, 1, true);
    assertThat(refused.allowed()).isFalse();
    assertThat(refused.resetAt()).isEqualTo(last.at().plus(Duration.ofMinutes(1)));
    assertThat(refused.retryAt()).isBefore(refused.resetAt());
    // So much is only free when the last has left, too.
    assertThat(use(10, 5, false).retryAt()).isEqualTo(refused.resetAt());
    assertThat(use(10, 4, false).retryAt()).isEqualTo(refused.retryAt());
  }

  @Test
  void whoComesWhenItIsToldToIsLetThrough() {
    SlidingWindow.Ask ask = new SlidingWindow.Ask(3, Duration.ofMillis(300), 1, true);
    RateUse use = window.use(redis, key, ask);
    while (use.allowed()) {
      use = window.use(redis, key, ask);
    }
    Instant told = use.retryAt();
    await()
        .pollInterval(Duration.ofMillis(1))
        .until(() -> !window.use(redis, key, peek(ask)).at().isBefore(told));
    assertThat(window.use(redis, key, ask).allowed()).isTrue();
  }

  @Test
  void aLimitThatIsLoweredCountsAtOnceAndOneThatIsRaisedToo() {
    for (int i = 0; i < 5; i++) {
      use(10, 1, true);
    }
    RateUse lowered = use(3, 1, true);
    assertThat(lowered.allowed()).isFalse();
    assertThat(lowered.remaining()).isZero();
    assertThat(use(6, 1, true).allowed()).isTrue();
  }

  @Test
  void aLogTakesLittleMemoryAndGoesByItself() {
    SlidingWindow.Ask ask =
        new SlidingWindow.Ask(SlidingWindow.MAX_LIMIT, Duration.ofSeconds(30), 1, true);
    for (int i = 0; i < 10_000; i++) {
      window.start(redis, key, ask);
    }
    assertThat(window.use(redis, key, ask).remaining()).isEqualTo(SlidingWindow.MAX_LIMIT - 10_001);
    long bytes = redis.sync().memoryUsage(key);
    System.out.printf("10,000 entries take %s bytes%n", bytes);
    assertThat(bytes).isLessThan(40 * 10_000);
    assertThat(redis.sync().pttl(key)).isBetween(1L, 30_001L);
  }

  /** The log of another that had a clock before ours: as after a failover. */
  @Test
  void aClockThatGoesBackLetsNoMoreThrough() {
    long ahead = (window.use(redis, key, ask(2, 1, false)).at().getEpochSecond() + 20) * 1_000_000;
    redis.sync().rpush(key, ahead + ":1:1");
    RateUse use = use(2, 1, true);
    assertThat(use.at()).isEqualTo(RateUse.instant(ahead));
    assertThat(use.allowed()).isTrue();
    assertThat(use(2, 1, true).allowed()).isFalse();
    assertThat(redis.sync().lrange(key, 0, -1)).containsExactly(ahead + ":2:2");
  }

  private RateUse use(int limit, int cost, boolean take) {
    return window.use(redis, key, ask(limit, cost, take));
  }

  private static SlidingWindow.Ask ask(int limit, int cost, boolean take) {
    return new SlidingWindow.Ask(limit, Duration.ofMinutes(1), cost, take);
  }

  private static SlidingWindow.Ask peek(SlidingWindow.Ask ask) {
    return new SlidingWindow.Ask(ask.limit(), ask.window(), ask.cost(), false);
  }
}
