package dev.serai.redis;

import dev.serai.redis.Cache.Place;
import io.lettuce.core.RedisException;
import io.lettuce.core.ScriptOutputType;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Which hub computes a value: the one whose token Redis has, for as long as it extends it. */
final class ComputationTurns {

  private static final Logger log = LoggerFactory.getLogger(ComputationTurns.class);
  private static final Script BEGIN = Script.of("cache-begin");
  private static final Script END = Script.of("cache-end");
  private static final Script EXTEND = Script.of("lock-extend");

  private final Redis redis;
  private final Keys keys;
  private final CacheSettings settings;

  ComputationTurns(Redis redis, Keys keys, CacheSettings settings) {
    this.redis = redis;
    this.keys = keys;
    this.settings = settings;
  }

  /**
   * What to do for a value.
   *
   * @param waitedFor the token of the computation that was waited for, or null
   */
  Answer begin(Place place, @Nullable String waitedFor) {
    String token = UUID.randomUUID().toString();
    List<String> answer =
        BEGIN.run(
            redis.require(),
            ScriptOutputType.MULTI,
            List.of(
                place.key(),
                keys.cacheGenerations(),
                place.computation(),
                keys.cacheFailure(waitedFor == null ? token : waitedFor)),
            place.workspace(),
            token,
            Long.toString(settings.lease().toMillis()),
            waitedFor == null ? "0" : "1");
    return new Answer(answer.getFirst(), answer.getLast(), token);
  }

  Lease hold(Place place, Answer turn) {
    Lease lease = new Lease(place, turn);
    Thread.ofVirtual().name("cache-lease").start(lease::extend);
    return lease;
  }

  /**
   * What Redis said.
   *
   * @param word value, failed, wait or compute
   * @param text the value, the failure, the other's token, or the generation
   * @param token of this hub's computation, if it is to compute
   */
  record Answer(String word, String text, String token) {}

  /** The right to compute a value. */
  final class Lease implements AutoCloseable {

    private final Place place;
    private final Answer turn;
    private final CountDownLatch closed = new CountDownLatch(1);

    private Lease(Place place, Answer turn) {
      this.place = place;
      this.turn = turn;
    }

    /** Until it is closed, or has taken so long that another may try. */
    private void extend() {
      long millis = settings.lease().toMillis();
      long begin = System.nanoTime();
      try {
        while (!closed.await(millis / 3, TimeUnit.MILLISECONDS)
            && System.nanoTime() - begin < settings.patience().toNanos()) {
          try {
            Long ignored =
                EXTEND.run(
                    redis.require(),
                    ScriptOutputType.INTEGER,
                    List.of(place.computation()),
                    turn.token(),
                    Long.toString(millis));
          } catch (RedisException | RedisUnavailableException e) {
            log.debug("A computation's lease is extended later: {}", e.getMessage());
          }
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    /** Keeps the value or tells the failure; without Redis it ends by its time. */
    void end(String how, String text, long millis) {
      try {
        Long ignored =
            END.run(
                redis.require(),
                ScriptOutputType.INTEGER,
                List.of(
                    place.key(),
                    keys.cacheGenerations(),
                    place.computation(),
                    keys.cacheFailure(turn.token())),
                place.workspace(),
                turn.token(),
                how,
                text,
                Long.toString(millis),
                turn.text());
      } catch (RedisException | RedisUnavailableException e) {
        log.debug("A computed value is not kept: {}", e.getMessage());
      }
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }
}
