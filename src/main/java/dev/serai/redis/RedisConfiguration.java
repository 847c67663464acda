package dev.serai.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({RedisSettings.class, SessionSettings.class, CacheSettings.class})
class RedisConfiguration {

  @Bean(destroyMethod = "shutdown")
  ClientResources redisResources() {
    return DefaultClientResources.builder()
        .reconnectDelay(
            () ->
                Delay.equalJitter(
                    Duration.ofMillis(50), Duration.ofSeconds(2), 50, TimeUnit.MILLISECONDS))
        .build();
  }

  @Bean(destroyMethod = "shutdown")
  RedisClient redisClient(RedisSettings settings, ClientResources resources) {
    RedisClient client = RedisClient.create(resources, Address.of(settings));
    ClientOptions.Builder options =
        ClientOptions.builder()
            // Nothing waits in memory for a Redis that is away: what is lost there is found again.
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .replayFilter(Repeatable::mustNotBe)
            .requestQueueSize(50_000)
            .socketOptions(
                SocketOptions.builder().connectTimeout(settings.timeout()).keepAlive(true).build())
            .timeoutOptions(
                TimeoutOptions.builder()
                    .timeoutCommands()
                    .timeoutSource(new Patience(settings.timeout()))
                    .build());
    Address.trust(settings).ifPresent(options::sslOptions);
    client.setOptions(options.build());
    return client;
  }

  @Bean
  Redis redis(RedisClient client) {
    return new Redis(client);
  }

  @Bean
  Keys redisKeys(RedisSettings settings) {
    return new Keys(settings.prefix());
  }

  @Bean
  Connections redisConnections(RedisClient client, RedisSettings settings) {
    return new Connections(client, settings);
  }

  /** Routes name it. */
  @Bean
  Store redisStore(Redis redis, Keys keys, Connections connections, RedisSettings settings) {
    return new Store(redis, keys, connections, settings);
  }

  @Bean
  Expiries redisExpiries(Redis redis, Keys keys) {
    return new Expiries(redis, keys);
  }

  /** Routes name it. */
  @Bean
  Locks redisLocks(Redis redis, Keys keys) {
    return new Locks(redis, keys);
  }

  /** Routes name it. */
  @Bean
  Sessions sessions(
      Redis redis,
      Keys keys,
      SessionSettings settings,
      Clock clock,
      ApplicationEventPublisher events) {
    return new Sessions(redis, keys, settings, clock, events::publishEvent);
  }

  /** Routes name it. */
  @Bean
  Cache cache(Redis redis, Keys keys, CacheSettings settings, MeterRegistry registry) {
    return new Cache(redis, keys, settings, registry);
  }

  @Bean
  RedisMetrics redisMetrics(Redis redis, MeterRegistry registry) {
    return new RedisMetrics(redis, registry);
  }
}
