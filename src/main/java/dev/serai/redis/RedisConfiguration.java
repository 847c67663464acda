package dev.serai.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RedisSettings.class)
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
    RedisURI uri = RedisURI.create(settings.url());
    uri.setTimeout(settings.timeout());
    uri.setClientName("serai");
    RedisClient client = RedisClient.create(resources, uri);
    client.setOptions(
        ClientOptions.builder()
            // Nothing waits in memory for a Redis that is away: what is lost there is found again.
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS)
            .requestQueueSize(50_000)
            .socketOptions(
                SocketOptions.builder().connectTimeout(settings.timeout()).keepAlive(true).build())
            .timeoutOptions(TimeoutOptions.enabled(settings.timeout()))
            .build());
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
}
