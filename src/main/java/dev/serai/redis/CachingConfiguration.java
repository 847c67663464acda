package dev.serai.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.springframework.cache.annotation.CachingConfigurer;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.interceptor.CacheErrorHandler;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.cache.interceptor.LoggingCacheErrorHandler;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Spring's {@code @Cacheable} and its like, over the cache that all hubs share. */
@Configuration(proxyBeanMethods = false)
@EnableCaching
class CachingConfiguration implements CachingConfigurer {

  private final ObjectMapper json;

  CachingConfiguration(ObjectMapper json) {
    this.json = json;
  }

  @Bean
  SharedCaches sharedCaches(Cache cache) {
    return new SharedCaches(cache, json);
  }

  /** The arguments as JSON: those of two calls are never taken for one another. */
  @Override
  public KeyGenerator keyGenerator() {
    return (target, method, arguments) -> {
      try {
        return method.getName() + json.writeValueAsString(arguments);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(
            "The arguments of %s can't be a key".formatted(method.getName()), e);
      }
    };
  }

  /** Without Redis a method is called each time. */
  @Override
  public CacheErrorHandler errorHandler() {
    return new LoggingCacheErrorHandler();
  }
}
