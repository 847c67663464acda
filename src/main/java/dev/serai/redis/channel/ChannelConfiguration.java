package dev.serai.redis.channel;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import io.lettuce.core.RedisClient;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.core.StringRedisTemplate;
import org.springframework.data.redis.listener.RedisMessageListenerContainer;
import org.springframework.data.redis.serializer.RedisSerializer;

/** Channels, and what Camel's component {@code spring-redis} needs: text, and the hub's client. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ChannelSettings.class)
class ChannelConfiguration {

  @Bean
  RedisConnectionFactory redisConnectionFactory(RedisClient client) {
    return new HubConnections(client);
  }

  /** Camel's component takes it by its type. */
  @Bean
  StringRedisTemplate redisTemplate(RedisConnectionFactory connections) {
    return new StringRedisTemplate(connections);
  }

  /** Routes that listen name it as {@code serializer}: Java's objects are the default there. */
  @Bean
  RedisSerializer<String> redisText() {
    return RedisSerializer.string();
  }

  /** One thread, so that messages are handled in the order in which they came. */
  @Bean(destroyMethod = "shutdown")
  ExecutorService redisListenerThread() {
    return Executors.newSingleThreadExecutor(
        Thread.ofPlatform().daemon().name("redis-listener").factory());
  }

  /** Routes that listen name it as {@code listenerContainer}. */
  @Bean
  RedisMessageListenerContainer redisListeners(
      RedisConnectionFactory connections,
      @Qualifier("redisListenerThread") ExecutorService thread) {
    RedisMessageListenerContainer listeners = new RedisMessageListenerContainer();
    listeners.setConnectionFactory(connections);
    listeners.setTaskExecutor(thread);
    return listeners;
  }

  @Bean
  ChannelClients channelClients(ChannelSettings settings, MeterRegistry registry) {
    return new ChannelClients(settings, registry);
  }

  @Bean
  ChannelFeed channelFeed(Redis redis, Keys keys, ChannelClients clients, Clock clock) {
    return new ChannelFeed(redis, keys, clients, clock);
  }

  /** Routes and beans publish by it. */
  @Bean
  Channels channels(
      Redis redis, Keys keys, ChannelClients clients, ChannelSettings settings, Clock clock) {
    return new Channels(redis, keys, clients, settings, clock);
  }

  @Bean
  SessionNews sessionNews(Channels channels) {
    return new SessionNews(channels);
  }
}
