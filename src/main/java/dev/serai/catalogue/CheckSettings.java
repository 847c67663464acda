package dev.serai.catalogue;

import dev.serai.event.TypePattern;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of events whose data breaks the schema of their type. The rule of a type comes
 * before that of a source, and that before the mode of all.
 *
 * @param mode the mode of all events: off, warn or refuse. If not set, events that the hub's own
 *     routes emit (source {@code serai}) are refused, and all others warned of
 * @param sources modes of sources, separated by commas: {@code api=refuse, stripe=off}
 * @param types modes of types, separated by commas, where {@code *} is as in a subscription: {@code
 *     foundation.*=refuse}. The first that fits counts
 */
@ConfigurationProperties("serai.events.check")
record CheckSettings(
    @Nullable CheckMode mode,
    @DefaultValue List<String> sources,
    @DefaultValue List<String> types) {

  /** The source of what the hub's own routes emit. */
  static final String OWN = "serai";

  CheckSettings {
    sources = List.copyOf(sources);
    types = List.copyOf(types);
    for (String source : sources) {
      rule("sources", source);
    }
    for (String type : types) {
      Rule rule = rule("types", type);
      try {
        rule.pattern();
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "serai.events.check.types (SERAI_EVENTS_CHECK_TYPES): " + e.getMessage(), e);
      }
    }
  }

  /** Who is asked for the mode of an event. */
  CheckModes modes() {
    return new CheckModes(
        types.stream().map(type -> rule("types", type)).toList(),
        sources.stream().map(source -> rule("sources", source)).toList(),
        mode == null
            ? source -> source.equals(OWN) ? CheckMode.REFUSE : CheckMode.WARN
            : source -> mode);
  }

  private static Rule rule(String name, String text) {
    int equals = text.lastIndexOf('=');
    String key = equals < 0 ? "" : text.substring(0, equals).strip();
    String word = text.substring(equals + 1).strip().toUpperCase(Locale.ROOT);
    for (CheckMode mode : CheckMode.values()) {
      if (!key.isEmpty() && mode.name().equals(word)) {
        return new Rule(key, mode);
      }
    }
    throw new IllegalArgumentException(
        "serai.events.check.%s (SERAI_EVENTS_CHECK_%s) has '%s'; it must be a name, = and off, warn or refuse"
            .formatted(name, name.toUpperCase(Locale.ROOT), text));
  }

  /**
   * The mode of what fits.
   *
   * @param key a source, or a pattern of types
   */
  record Rule(String key, CheckMode mode) {
    TypePattern pattern() {
      return new TypePattern(List.of(key));
    }
  }
}
