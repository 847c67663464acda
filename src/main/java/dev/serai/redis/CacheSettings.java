package dev.serai.redis;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Values that several hubs share for a while.
 *
 * @param ttl how long a value is kept that names no time
 * @param absent how long it is kept that there is no value
 * @param jitter by how many percent a time may be shorter, by chance, so that what was made
 *     together does not end together
 * @param maxValue largest value
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
    @DefaultValue("30s") Duration patience) {}
