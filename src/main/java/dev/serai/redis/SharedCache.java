package dev.serai.redis;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.AbstractValueAdaptingCache;

/**
 * One named cache of Spring's abstraction, a workspace of its own in the {@link Cache}. Values are
 * texts, numbers, truth values and our own records: JSON behind the name of the type. Values of
 * another type can't be made again of what is stored, and are refused.
 */
final class SharedCache extends AbstractValueAdaptingCache {

  /** No workspace has such a name. */
  private static final String WORKSPACE = "\u00a7";

  private static final String OURS = "dev.serai.";
  private static final String PLAIN = "java.lang.";

  private final String name;
  private final String workspace;
  private final Cache cache;
  private final ObjectMapper json;

  SharedCache(String name, Cache cache, ObjectMapper json) {
    super(true);
    this.name = name;
    this.workspace = WORKSPACE + name;
    this.cache = cache;
    this.json = json;
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public Object getNativeCache() {
    return cache;
  }

  @Override
  protected @Nullable Object lookup(Object key) {
    String text = cache.get(workspace, key.toString());
    return text == null ? null : toStoreValue(read(text));
  }

  @Override
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // Spring's signature
  public <T> @Nullable T get(Object key, Callable<T> loader) {
    String text =
        cache.getOrCompute(
            workspace,
            key.toString(),
            () -> {
              try {
                return write(loader.call());
              } catch (Exception e) {
                throw new ValueRetrievalException(key, loader, e);
              }
            });
    return text == null ? null : (T) read(text);
  }

  @Override
  public void put(Object key, @Nullable Object value) {
    cache.put(workspace, key.toString(), write(value));
  }

  @Override
  public void evict(Object key) {
    boolean ignored = cache.delete(workspace, key.toString());
  }

  @Override
  public void clear() {
    cache.clear(workspace);
  }

  private String write(@Nullable Object value) {
    if (value == null) {
      return "";
    }
    String type = value.getClass().getName();
    if (!type.startsWith(OURS) && !type.startsWith(PLAIN)) {
      throw new IllegalArgumentException(
          "Cache '%s' can't keep a %s; let the method return a record, a text or a number"
              .formatted(name, type));
    }
    try {
      return type + " " + json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private @Nullable Object read(String text) {
    if (text.isEmpty()) {
      return null;
    }
    int space = text.indexOf(' ');
    String type = text.substring(0, space);
    if (!type.startsWith(OURS) && !type.startsWith(PLAIN)) {
      throw new IllegalStateException("Cache '%s' has a value of type %s".formatted(name, type));
    }
    try {
      return json.readValue(
          text.substring(space + 1), Class.forName(type, true, SharedCache.class.getClassLoader()));
    } catch (JsonProcessingException | ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }
}
