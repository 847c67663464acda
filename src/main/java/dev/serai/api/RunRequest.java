package dev.serai.api;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that is asked for.
 *
 * @param parameters what it is given, by name; what is missing has its default
 * @param key of two requests with the same key the second makes no run
 */
record RunRequest(@Nullable Map<String, Object> parameters, @Nullable String key)
    implements Audited {

  static final RunRequest EMPTY = new RunRequest(null, null);

  Map<String, Object> values() {
    return parameters == null ? Map.of() : parameters;
  }

  @Override
  public Map<String, ?> auditParameters() {
    return values();
  }
}
