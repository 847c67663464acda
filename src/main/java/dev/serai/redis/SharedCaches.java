package dev.serai.redis;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.cache.CacheManager;

/** The {@link Cache} for Spring's annotations: {@code @Cacheable("plans")} on a bean's method. */
final class SharedCaches implements CacheManager {

  private final Cache cache;
  private final ObjectMapper json;
  private final Map<String, SharedCache> caches = new ConcurrentHashMap<>();

  SharedCaches(Cache cache, ObjectMapper json) {
    this.cache = cache;
    this.json = json;
  }

  @Override
  public SharedCache getCache(String name) {
    return caches.computeIfAbsent(name, one -> new SharedCache(one, cache, json));
  }

  @Override
  public Collection<String> getCacheNames() {
    return List.copyOf(caches.keySet());
  }
}
