package dev.serai.redis.clean;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import dev.serai.redis.Script;
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
  CleanRule staleLockTokens(Keys keys) {
    return CleanRule.withoutExpiry("stale-lock-tokens", keys.lockToken(""));
  }

  @Bean
  CleanRule staleSessions(Keys keys) {
    return new CleanRule(
        "stale-sessions",
        "without expiry, and ended an hour ago by what they say themselves",
        keys.session(""),
        CleanRule.ALL,
        Script.of("clean-sessions"),
        List.of("3600"));
  }

  @Bean
  CleanRule staleCache(Keys keys) {
    String prefix = keys.prefix() + "cache:";
    return new CleanRule(
        "stale-cache",
        "of a generation that counts no more; or without expiry, and not used for an hour",
        prefix,
        CleanRule.ALL,
        Script.of("clean-cache"),
        List.of("3600", keys.cacheGenerations(), prefix));
  }

  @Bean
  CleanRule staleSessionLists(Keys keys) {
    return new CleanRule(
        "stale-session-lists",
        "entries of users' lists whose sessions have ended",
        keys.sessionsOf(""),
        CleanRule.ALL,
        Script.of("clean-session-lists"),
        List.of(keys.session("")));
  }

  @Bean
  CleanRule staleRates(Keys keys) {
    return CleanRule.withoutExpiry("stale-rates", keys.prefix() + "rate:");
  }

  @Bean
  CleanRule staleComputations(Keys keys) {
    return CleanRule.withoutExpiry("stale-computations", keys.prefix() + "cache-computation:");
  }

  @Bean
  CleanRule staleComputationFailures(Keys keys) {
    return CleanRule.withoutExpiry("stale-computation-failures", keys.cacheFailure(""));
  }

  @Bean
  CleanRule staleUsage(Keys keys) {
    return CleanRule.withoutExpiry("stale-usage", keys.prefix() + "usage:");
  }

  @Bean
  Cleaner redisCleaner(Redis redis, Keys keys, ObjectProvider<CleanRule> rules) {
    return new Cleaner(redis, keys, List.copyOf(rules.orderedStream().toList()));
  }
}
