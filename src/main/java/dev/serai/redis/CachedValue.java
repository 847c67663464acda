package dev.serai.redis;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Values as Redis has them: the generation, a colon, {@code =} and the value, or {@code !}. */
final class CachedValue {

  /** It is known that there is none. */
  static final String ABSENT = "!";

  private CachedValue() {}

  /** A value, as it stands behind the colon. */
  static String text(@Nullable String value, CacheSettings settings) {
    if (value == null) {
      return ABSENT;
    }
    int size = value.getBytes(StandardCharsets.UTF_8).length;
    if (size > settings.maxValue().toBytes()) {
      throw new InvalidValueException(
          "value",
          "has %s bytes; it may have %s (serai.cache.max-value)"
              .formatted(size, settings.maxValue().toBytes()));
    }
    return "=" + value;
  }

  static @Nullable String value(String text) {
    return text.equals(ABSENT) ? null : text.substring(1);
  }

  /** What stands behind the colon, if it is of this generation. */
  static @Nullable String inGeneration(@Nullable String stored, String generation) {
    return stored != null && stored.startsWith(generation + ":")
        ? stored.substring(generation.length() + 1)
        : null;
  }

  static long jittered(long millis, CacheSettings settings) {
    long most = millis * settings.jitter() / 100;
    return most == 0
        ? millis
        : Math.max(1, millis - ThreadLocalRandom.current().nextLong(most + 1));
  }
}
