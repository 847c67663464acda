package dev.serai.webhook;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The schemes by name. */
public final class Schemes {

  private static final Map<String, Scheme> BY_NAME = new TreeMap<>();

  static {
    for (Scheme scheme : List.of(new StripeV1())) {
      BY_NAME.put(scheme.name(), scheme);
    }
  }

  private Schemes() {}

  /**
   * @throws IllegalArgumentException naming those that exist
   */
  public static Scheme named(String name) {
    Scheme scheme = BY_NAME.get(name);
    if (scheme == null) {
      throw new IllegalArgumentException(
          "There is no scheme '%s'; there are %s".formatted(name, BY_NAME.keySet()));
    }
    return scheme;
  }
}
