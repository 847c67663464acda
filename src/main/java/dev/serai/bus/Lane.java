package dev.serai.bus;

import dev.serai.event.Subscription;
import dev.serai.redis.Redis;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one subscription's deliveries to this hub: takes as many hints as there is room for,
 * claims them, hands them to the workers. Each subscription has its own lane, so none waits for
 * another.
 */
final class Lane {

  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  /** How long a lane waits for a hint before it looks around. */
  private static final Duration BLOCK = Duration.ofMillis(500);

  /**
   * The same where none has come for a while: a thousand lanes that have nothing to do cost little.
   */
  private static final Duration LONGEST_BLOCK = Redis.LONGEST_BLOCK;

  /** How soon a lane that waits is told again that it is to stop. */
  private static final Duration AGAIN = Duration.ofMillis(200);

  private static final Duration GLANCE = Duration.ofMillis(1);
  private static final Duration AFTER_FAILURE = Duration.ofMillis(250);

  private final Subscription subscription;
  private final Workers workers;
  private final Engine engine;
  private final Refill refill;
  private final Gate gate;
  private final Thread thread;
  private final Claims claims;
  private volatile boolean running = true;
  private volatile boolean paused;
  private final WaitingConnection connection;
  private Duration block = BLOCK;
  private boolean complained;

  Lane(Subscription subscription, Workers workers, Gate gate, Engine engine) {
    this.subscription = subscription;
    this.workers = workers;
    this.engine = engine;
    this.connection = new WaitingConnection(engine.redis());
    this.gate = gate;
    this.refill = new Refill(subscription, engine);
    this.claims = new Claims(subscription, workers, gate, engine);
    this.paused = subscription.paused();
    this.thread = Thread.ofVirtual().name("lane-" + subscription.name()).unstarted(this::run);
  }

  Subscription subscription() {
    return subscription;
  }

  String name() {
    return subscription.name();
  }

  Workers workers() {
    return workers;
  }

  Breaker breaker() {
    return gate.breaker();
  }

  void start() {
    thread.start();
  }

  void pause(boolean wait) {
    paused = wait;
  }

  /** Whether fresh deliveries are worth a hint: not while nobody takes them. */
  boolean takesHints() {
    return !paused && !gate.breaker().isOpen();
  }

  void stop() {
    running = false;
    connection.wake();
  }

  /**
   * Stops claiming, gives back what no worker has begun, waits for the rest. The thread is not
   * interrupted: that would cut the connection of a claim under way.
   */
  void close(long endNanos) throws InterruptedException {
    stop();
    while (!thread.join(AGAIN)) {
      connection.wake();
    }
    claims.settleUncertain();
    engine.membership().giveBack(subscription, workers.stopWaiting());
    workers.awaitEnd(endNanos);
    gate.breaker().close();
  }

  private void run() {
    while (running) {
      try {
        turn();
        complained = false;
      } catch (InterruptedException e) {
        break;
      } catch (SQLException | RuntimeException e) {
        if (!running) {
          break;
        }
        complain(e);
        if (e instanceof RedisException) {
          connection.close();
        }
        pause(AFTER_FAILURE);
      }
    }
    connection.close();
  }

  private void turn() throws SQLException, InterruptedException {
    claims.settleUncertain();
    Duration patience = patience();
    int room = workers.awaitRoom(patience);
    if (paused || room == 0) {
      pause(paused ? AFTER_FAILURE : Duration.ZERO);
      return;
    }
    room = gate.room(engine.yield().grant(room), refill, claims);
    if (room == 0) {
      return;
    }
    List<Hint> hints =
        engine
            .hints()
            .read(
                connection.open(),
                subscription.name(),
                engine.membership().node(),
                room,
                refill.hasMore() ? GLANCE : patience);
    block = hints.isEmpty() ? longer(block) : BLOCK;
    if (paused) {
      engine.hints().forget(subscription.name(), hints); // They are ready still.
    } else if (!hints.isEmpty()) {
      claims.claimHinted(hints);
      if (claims.isHeldUp()) {
        awaitPlaces();
      }
    }
    if (hints.size() < room && refill.hasMore()) {
      refill.run();
    }
  }

  /** What got no place is ready still, and hinted again. */
  private void awaitPlaces() throws SQLException, InterruptedException {
    pause(BLOCK);
    engine.guards().metrics().held(subscription.name(), "group", BLOCK);
    refill.run();
  }

  /** How long to wait for whatever comes next: no longer than a batch does. */
  private Duration patience() {
    Duration untilDue = workers.handleWaiting();
    return untilDue.compareTo(block) > 0 ? block : untilDue.plusMillis(1);
  }

  private static Duration longer(Duration block) {
    Duration twice = block.multipliedBy(2);
    return twice.compareTo(LONGEST_BLOCK) > 0 ? LONGEST_BLOCK : twice;
  }

  /** When something is due: hints what is not hinted. */
  void sweep() throws SQLException, InterruptedException {
    StatefulRedisConnection<String, String> shared = engine.redis().shared();
    if (!takesHints() || shared == null) {
      return;
    }
    refill.run();
  }

  private void complain(Exception failure) {
    if (!complained) {
      log.warn(
          "Deliveries of {} wait, because: {}", subscription.name(), Redis.rootMessage(failure));
      log.debug("Details", failure);
      complained = true;
    }
  }

  private static void pause(Duration time) {
    try {
      TimeUnit.NANOSECONDS.sleep(time.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
