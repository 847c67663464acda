package dev.serai.api;

import dev.serai.redis.Cache;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The cache of a workspace, for other services. */
@RestController
@RequestMapping("/api/v1/workspaces/{workspace}/cache")
class CacheController {

  private final Cache cache;

  CacheController(Cache cache) {
    this.cache = cache;
  }

  /**
   * Tells a cached value.
   *
   * @param workspace whose
   * @param key its key, 1 to 512 characters
   */
  @GetMapping("/{key}")
  Cached get(@PathVariable String workspace, @PathVariable String key) {
    String value = cache.get(workspace, key);
    if (value == null) {
      throw Problem.notFound("cached value", key);
    }
    return new Cached(workspace, key, value);
  }

  /**
   * Keeps a value.
   *
   * @param workspace whose
   * @param key its key, 1 to 512 characters
   */
  @PutMapping("/{key}")
  Cached put(
      @PathVariable String workspace, @PathVariable String key, @RequestBody CacheRequest request) {
    String value = request.value();
    if (value == null) {
      throw Problem.badRequest("'value' is missing; it must be a text");
    }
    if (request.ttl() == null) {
      cache.put(workspace, key, value);
    } else {
      cache.put(workspace, key, value, TtlParameter.parse("ttl", request.ttl()));
    }
    return new Cached(workspace, key, value);
  }

  /**
   * Forgets a value.
   *
   * @param workspace whose
   * @param key its key, 1 to 512 characters
   */
  @DeleteMapping("/{key}")
  Forgotten delete(@PathVariable String workspace, @PathVariable String key) {
    return new Forgotten(workspace, cache.delete(workspace, key));
  }

  /**
   * Forgets all values of a workspace, in the same time however many there are.
   *
   * @param workspace whose
   */
  @DeleteMapping
  Forgotten clear(@PathVariable String workspace) {
    cache.clear(workspace);
    return new Forgotten(workspace, true);
  }

  /**
   * A value to keep.
   *
   * @param value a text; required
   * @param ttl how long, e.g. {@code 10m}, 1 ms to 30 days; {@code serai.cache.ttl}, if missing
   */
  record CacheRequest(@Nullable String value, @Nullable String ttl) implements Audited {

    @Override
    public Map<String, ?> auditParameters() {
      Map<String, @Nullable Object> shown = new LinkedHashMap<>();
      shown.put("ttl", ttl);
      return shown;
    }
  }

  /**
   * A cached value.
   *
   * @param workspace whose it is
   * @param key its key
   * @param value the text
   */
  record Cached(String workspace, String key, String value) {}

  /**
   * What was forgotten.
   *
   * @param workspace whose
   * @param forgotten whether there was anything; true for a whole workspace
   */
  record Forgotten(String workspace, boolean forgotten) {}
}
