package dev.serai.redis.clean;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The rules for what this package knows; others come with those who build the keys. */
@Configuration(proxyBeanMethods = false)
class CleanConfiguration {

  @Bean
  CleanRule staleLocks(Keys keys) {
    return CleanRule.withoutExpiry("stale-locks", keys.lock(""));
  }

  @Bean
  CleanRule staleSessions(Keys keys) {
    return CleanRule.withoutExpiry("stale-sessions", keys.session(""));
  }

  @Bean
  CleanRule staleCache(Keys keys) {
    return CleanRule.withoutExpiry("stale-cache", keys.prefix() + "cache:");
  }

  @Bean
  CleanRule staleRates(Keys keys) {
    return CleanRule.withoutExpiry("stale-rates", keys.prefix() + "rate:");
  }

  @Bean
  Cleaner redisCleaner(Redis redis, Keys keys, ObjectProvider<CleanRule> rules) {
    return new Cleaner(redis, keys, List.copyOf(rules.orderedStream().toList()));
  }
}
