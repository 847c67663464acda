package dev.serai.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.embedded.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who holds a lock, and what becomes of those who wrongly think so? */
class LocksTest {

  private static final Duration LONG = Duration.ofSeconds(30);
  private static final Duration SHORT = Duration.ofMillis(60);

  private static TestRedis server;
  private static Instance one;
  private static Instance two;
  private static Instance three;

  private final String resource = "r" + UUID.randomUUID();

  @BeforeAll
  static void start() throws Exception {
    server = TestRedis.start();
    one = Instance.on(server.url());
    two = Instance.on(server.url());
    three = Instance.on(server.url());
  }

  @AfterAll
  static void stop() {
    one.close();
    two.close();
    three.close();
    server.close();
  }

  @Test
  void onlyOneHoldsItAndGivingItBackLetsTheNextHaveIt() {
    try (HeldLock lock = one.locks.tryAcquire(resource, LONG).orElseThrow()) {
      assertThat(two.locks.tryAcquire(resource, LONG)).isEmpty();
      assertThat(lock.token()).isPositive();
    }
    assertThat(two.locks.tryAcquire(resource, LONG)).isPresent();
  }

  @Test
  void whoeverWaitsTooLongIsToldSo() {
    assertThat(one.locks.tryAcquire(resource, LONG)).isPresent();
    assertThatThrownBy(
            () -> two.locks.acquire(resource, LONG, Duration.ofMillis(80), Duration.ofMillis(10)))
        .isInstanceOf(LockTimeoutException.class)
        .hasMessageContaining(resource);
  }

  @Test
  void aStrangersReleaseAndExtensionAreRefused() throws Exception {
    HeldLock stopped = one.locks.tryAcquire(resource, SHORT).orElseThrow();
    HeldLock next = two.locks.acquire(resource, LONG, LONG, Duration.ofMillis(5));

    assertThat(stopped.release()).isFalse();
    assertThat(stopped.extend(LONG)).isFalse();
    assertThat(stopped.isLost()).isTrue();
    assertThat(three.locks.tryAcquire(resource, LONG)).as("the next one still holds it").isEmpty();
    assertThat(next.release()).isTrue();
  }

  /** As what a lock guards does it: {@code update ... where fence < :token}. */
  @Test
  void aHolderThatStoodStillPastItsTimeIsRefusedByItsToken() throws Exception {
    var guarded = new Guarded();
    HeldLock stopped = one.locks.tryAcquire(resource, SHORT).orElseThrow();
    HeldLock next = two.locks.acquire(resource, LONG, LONG, Duration.ofMillis(5));

    assertThat(guarded.write(next.token())).isTrue();
    assertThat(guarded.write(stopped.token())).isFalse();
    assertThat(guarded.write(next.token())).isTrue();
  }

  private static final class Guarded {
    private long fence;

    synchronized boolean write(long token) {
      fence = Math.max(fence, token);
      return token >= fence;
    }
  }

  @Test
  void tokensGrowAlsoWhenRedisForgetsEverything() {
    List<Long> tokens = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      HeldLock lock = one.locks.tryAcquire(resource, LONG).orElseThrow();
      tokens.add(lock.token());
      assertThat(lock.release()).isTrue();
      if (i % 50 == 25) {
        one.commands().flushall();
      }
    }
    assertThat(tokens).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void aLockThatIsKeptAliveOutlivesItsTimeAndEndsSoonAfterItsHolderDied() throws Exception {
    HeldLock kept =
        one.locks.tryAcquire(resource, Duration.ofMillis(150)).orElseThrow().keepAlive();
    await()
        .during(Duration.ofMillis(500))
        .until(() -> two.locks.tryAcquire(resource, LONG).isEmpty());
    kept.close();
    HeldLock dead = two.locks.tryAcquire(resource, Duration.ofMillis(150)).orElseThrow();
    assertThat(dead.isLost()).isFalse();
    assertThat(three.locks.acquire(resource, LONG, LONG, Duration.ofMillis(10)).token())
        .isGreaterThan(dead.token());
  }

  @Test
  void fiftyContendersOverThreeHubsNeverOverlap() throws Exception {
    List<Instance> hubs = List.of(one, two, three);
    var inside = new AtomicInteger();
    var overlaps = new AtomicInteger();
    var tokens = new ConcurrentLinkedQueue<Long>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        Locks locks = hubs.get(i % hubs.size()).locks;
        all.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int round = 0; round < 4; round++) {
                    enter(locks, inside, overlaps, tokens);
                  }
                },
                threads));
      }
      all.forEach(CompletableFuture::join);
    }
    assertThat(overlaps).hasValue(0);
    assertThat(tokens).hasSize(200);
    assertThat(List.copyOf(tokens)).isSorted().doesNotHaveDuplicates();
  }

  private void enter(
      Locks locks,
      AtomicInteger inside,
      AtomicInteger overlaps,
      ConcurrentLinkedQueue<Long> tokens) {
    try (HeldLock lock = locks.acquire(resource, LONG, LONG, Duration.ofMillis(5))) {
      if (inside.incrementAndGet() != 1) {
        overlaps.incrementAndGet();
      }
      tokens.add(lock.token());
      Thread.yield();
      inside.decrementAndGet();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void oddTimesAndNamesAreRefusedByName() {
    assertThatThrownBy(() -> one.locks.tryAcquire(resource, Duration.ofSeconds(-1)))
        .isInstanceOf(InvalidValueException.class)
        .hasMessageContaining("'ttl'");
    assertThatThrownBy(() -> one.locks.tryAcquire("x".repeat(600), LONG))
        .hasMessageContaining("'resource'");
  }
}
