package dev.serai.webhook;

import com.nimbusds.jose.jwk.JWK;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The public keys of Google's identity tokens. They are asked for beside the requests; those that
 * are known count on while they can't be had, for a day.
 */
final class GoogleKeys {

  private static final Logger log = LoggerFactory.getLogger(GoogleKeys.class);

  /** Google rotates its keys over days: what is older may have been taken back. */
  private static final Duration LONGEST = Duration.ofHours(24);

  /** How long a request waits for keys that nobody knows yet. */
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final KeySource source;
  private final Duration unknownKey;
  private final Clock clock;

  private volatile @Nullable Known known;
  private @Nullable CompletableFuture<@Nullable Void> asking;
  private Instant asked = Instant.MIN;

  private record Known(Map<String, JWK> keys, Instant fresh, Instant usable) {}

  GoogleKeys(KeySource source, Duration unknownKey, Clock clock) {
    this.source = source;
    this.unknownKey = unknownKey;
    this.clock = clock;
  }

  /**
   * The key of an id; none, if Google has none.
   *
   * @throws RefusedException if nobody can know now
   */
  Optional<JWK> find(String id) throws RefusedException {
    Known now = known;
    Instant time = clock.instant();
    boolean has = now != null && now.keys.containsKey(id) && time.isBefore(now.usable);
    if (now == null || !has || !time.isBefore(now.fresh)) {
      CompletableFuture<@Nullable Void> answer = ask(time);
      if (answer != null && !has) {
        await(answer);
      }
    }
    Known found = known;
    if (found == null || !time.isBefore(found.usable)) {
      throw new RefusedException(
          Cause.KEYS, "Google's public keys can't be had at the moment; nothing is stored");
    }
    return Optional.ofNullable(found.keys.get(id));
  }

  /** Asks for the keys so that they are there when a request comes. */
  void prepare() {
    if (known == null) {
      ask(clock.instant());
    }
  }

  /** One question at a time, and not soon again; null when there is none under way. */
  private synchronized @Nullable CompletableFuture<@Nullable Void> ask(Instant time) {
    if (asking != null) {
      return asking;
    }
    if (asked.isAfter(time.minus(unknownKey))) {
      return null;
    }
    asked = time;
    CompletableFuture<@Nullable Void> answer = new CompletableFuture<>();
    asking = answer;
    Thread.ofVirtual().name("google-keys").start(() -> ask(answer));
    return answer;
  }

  private void ask(CompletableFuture<@Nullable Void> answer) {
    try {
      KeySource.Keys keys = source.ask();
      Instant now = clock.instant();
      known = new Known(keys.byId(), now.plus(keys.lasting()), now.plus(LONGEST));
    } catch (IOException e) {
      log.warn(
          "Google's public keys can't be had, those that are known count on: {}", e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      synchronized (this) {
        asking = null;
      }
      answer.complete(null);
    }
  }

  private static void await(CompletableFuture<@Nullable Void> answer) {
    try {
      answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // What is known by now counts.
      log.debug("No keys in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
