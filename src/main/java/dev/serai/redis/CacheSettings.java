package dev.serai.redis;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Locale;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Values that several hubs share for a while.
 *
 * @param ttl how long a value is kept that names no time
 * @param absent how long it is remembered that a key has no value
 * @param jitter by how many percent a time may be shorter, by chance, so that what was made
 *     together does not end together
 * @param maxValue largest value that is kept
 * @param lease after which another hub computes a value whose computing hub has died
 * @param patience after which another hub also computes a value whose computation still runs
 */
@Validated
@ConfigurationProperties("serai.cache")
public record CacheSettings(
    @DefaultValue("1h") Duration ttl,
    @DefaultValue("1m") Duration absent,
    @DefaultValue("10") @Min(0) @Max(90) int jitter,
    @DefaultValue("1MB") DataSize maxValue,
    @DefaultValue("5s") Duration lease,
    @DefaultValue("30s") Duration patience) {

  public CacheSettings {
    check("ttl", ttl);
    check("absent", absent);
    check("lease", lease);
    check("patience", patience);
  }

  private static void check(String name, Duration value) {
    if (value.toMillis() < 1 || value.compareTo(Checks.LONGEST_TTL) > 0) {
      throw new IllegalArgumentException(
          "serai.cache.%s (SERAI_CACHE_%s) is %s; it must be 1ms to 30d"
              .formatted(name, name.toUpperCase(Locale.ROOT), value));
    }
  }
}
