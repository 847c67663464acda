package dev.serai.limit;

import dev.serai.flag.Flags;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import dev.serai.webhook.ClusterRate;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitSettings.class)
class LimitConfiguration {

  /** Routes use it by this name. */
  @Bean
  RateLimits rateLimits(Redis redis, Keys keys, LimitSettings settings) {
    return new RateLimits(redis, keys, settings);
  }

  @Bean
  SharedRates sharedRates(Redis redis, Keys keys, Flags flags, MeterRegistry registry) {
    return new SharedRates(redis, keys, flags, registry);
  }

  @Bean
  ClusterRate webhookRates(SharedRates rates) {
    return (source, rate, burst) ->
        rates.use(SharedRates.Scope.WEBHOOKS, source, rate, burst).map(RateUse::allowed);
  }
}
