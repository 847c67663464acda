package dev.serai.redis;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The Redis that carries hints between hubs.
 *
 * @param url where it is: {@code redis://user:password@host:6379/0}, or {@code rediss://} for TLS.
 *     When nothing is set the hub starts a Redis of its own under the data directory.
 * @param prefix what every key of this hub begins with
 * @param timeout how long a command may take
 */
@Validated
@ConfigurationProperties("serai.redis")
public record RedisSettings(
    @NotBlank
        @Pattern(
            regexp = "rediss?://.+",
            message = "must begin with redis:// or rediss:// (SERAI_REDIS_URL)")
        String url,
    @DefaultValue("serai:") String prefix,
    @DefaultValue("2s") Duration timeout) {}
