package dev.serai.api;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Slows down whoever guesses keys. An address that has shown too many wrong ones is told to wait
 * whatever it shows next, so that a right guess tells nothing; only keys that it had used before go
 * on working, because behind a proxy many share an address.
 */
final class FailedKeys {

  private static final Logger log = LoggerFactory.getLogger(FailedKeys.class);
  private static final int REMEMBERED = 10_000;

  private final int perMinute;
  private final Bandwidth limit;
  private final TimeMeter time;
  private final Map<String, Bucket> failures = recent();
  private final Map<String, Boolean> used = recent();

  /**
   * @param perMinute wrong keys that an address may show
   * @param time nanoseconds that only go forward
   */
  FailedKeys(int perMinute, TimeMeter time) {
    this.perMinute = perMinute;
    this.limit =
        Bandwidth.builder()
            .capacity(perMinute)
            .refillGreedy(perMinute, Duration.ofMinutes(1))
            .build();
    this.time = time;
  }

  /** Seconds after which an address may show one more. */
  int retryAfter() {
    return Math.ceilDiv(60, perMinute);
  }

  /** Whether a right key of an address counts. */
  boolean mayUse(String address, ApiKey key) {
    String use = address + " " + key.name();
    if (used.containsKey(use)) {
      return true;
    }
    Bucket bucket = failures.get(address);
    if (bucket != null && bucket.getAvailableTokens() == 0) {
      return false;
    }
    used.put(use, true);
    return true;
  }

  /** Counts a wrong key of an address; whether it may be told that it was wrong. */
  boolean mayFail(String address) {
    Bucket bucket =
        failures.computeIfAbsent(
            address,
            name -> Bucket.builder().addLimit(limit).withCustomTimePrecision(time).build());
    boolean allowed = bucket.tryConsume(1);
    if (allowed && bucket.getAvailableTokens() == 0) {
      log.warn("{} has shown too many wrong keys and has to wait", address);
    }
    return allowed;
  }

  /** Whoever was not seen for long is forgotten. */
  private static <V> Map<String, V> recent() {
    return Collections.synchronizedMap(
        new LinkedHashMap<>(16, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > REMEMBERED;
          }
        });
  }
}
