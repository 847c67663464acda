package dev.serai.webhook;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The schemes by name. */
public final class Schemes {

  /** The one that is data: it is made of a source's options. */
  private static final String HMAC = "hmac";

  private static final Map<String, Scheme> BY_NAME = new TreeMap<>();

  static {
    for (Scheme scheme :
        List.of(
            new StripeV1(),
            new StandardWebhooks(),
            new PhonePeV1(),
            new PhonePeV2Sha(),
            new PhonePeV2Hmac(),
            new SharedSecret())) {
      BY_NAME.put(scheme.name(), scheme);
    }
  }

  private Schemes() {}

  /**
   * A scheme.
   *
   * @param options those of {@code hmac}, by their names; others have none
   * @throws IllegalArgumentException naming the schemes or options that exist
   */
  private static Scheme named(String name, Map<String, String> options) {
    return name.equals(HMAC) ? new Hmac(HmacForm.of(HmacOptions.of(options))) : named(name);
  }

  /**
   * A scheme that needs no options.
   *
   * @throws IllegalArgumentException naming those that exist
   */
  public static Scheme named(String name) {
    Scheme scheme = BY_NAME.get(name);
    if (scheme == null) {
      throw new IllegalArgumentException(
          "There is no scheme '%s'; there are %s".formatted(name, names()));
    }
    return scheme;
  }

  /** The scheme of a source. */
  static Scheme of(SourceOptions options, GoogleKeys keys) {
    return switch (options.scheme) {
      case HMAC -> new Hmac(HmacForm.of(options));
      case GoogleOidc.NAME -> new GoogleOidc(keys, options);
      default -> named(options.scheme);
    };
  }

  /** The same as {@link #named(String, Map)}, also for the scheme that asks for keys. */
  static Scheme named(String name, Map<String, String> options, GoogleKeys keys) {
    return name.equals(GoogleOidc.NAME)
        ? new GoogleOidc(keys, OidcOptions.oidc(options))
        : named(name, options);
  }

  private static Set<String> names() {
    Set<String> names = new TreeSet<>(BY_NAME.keySet());
    names.add(HMAC);
    names.add(GoogleOidc.NAME);
    return names;
  }
}
