package dev.serai.redis;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.PositiveOrZero;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * The Redis that carries hints between hubs, and all that is kept for a while only.
 *
 * @param url where it is: {@code redis://user:password@host:6379/0}, or {@code rediss://} for TLS.
 *     When neither this nor the host is set the hub starts a Redis of its own under the data
 *     directory
 * @param host where it is, if no url is set; then port, user, password, database and tls count
 * @param port port of Redis, with the host
 * @param username user of Redis, with the host; the default user, if not set
 * @param password password or auth string of Redis, with the host; also for a url that has none
 * @param database number of the database, 0 to 15, with the host
 * @param tls whether Redis is spoken to by TLS, with the host
 * @param caFile certificates (PEM) of those who may sign the one that Redis shows; those that Java
 *     trusts, if not set
 * @param prefix what every key of this hub begins with
 * @param timeout how long a command may take
 * @param connections most connections of this hub for transactions, beside the shared one and one
 *     for each subscription
 * @param retries how often a command that may be repeated is tried again when the connection fails;
 *     0 for never
 * @param backoff how long to wait at most before a command is tried again; doubled each time
 */
@Validated
@ConfigurationProperties("serai.redis")
public record RedisSettings(
    @Pattern(
            regexp = "|rediss?://.+",
            message = "must begin with redis:// or rediss:// (SERAI_REDIS_URL)")
        @Nullable String url,
    @Nullable String host,
    @DefaultValue("6379") @Min(1) @Max(65535) int port,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("0") @Min(0) @Max(15) int database,
    @DefaultValue("false") boolean tls,
    @Nullable Path caFile,
    @DefaultValue("serai:") String prefix,
    @DefaultValue("2s") Duration timeout,
    @DefaultValue("8") @Min(1) int connections,
    @DefaultValue("5") @PositiveOrZero int retries,
    @DefaultValue("50ms") Duration backoff) {

  public RedisSettings {
    if (timeout.toMillis() < 1 || backoff.toMillis() < 1) {
      throw new IllegalArgumentException(
          "serai.redis.timeout (SERAI_REDIS_TIMEOUT) is %s and serai.redis.backoff is %s; both must be more than 0"
              .formatted(timeout, backoff));
    }
  }

  /** Those of a url alone. */
  static RedisSettings of(String url) {
    return new RedisSettings(
        url,
        null,
        6379,
        null,
        null,
        0,
        false,
        null,
        "serai:",
        Duration.ofSeconds(2),
        8,
        5,
        Duration.ofMillis(50));
  }

  /** The password is a secret, and the url may have one. */
  @Override
  public String toString() {
    return "RedisSettings[prefix=%s]".formatted(prefix);
  }
}
