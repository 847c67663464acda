package dev.serai.limit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The configured tiers: which rule counts for whom. */
final class Tiers {

  private final Map<String, List<LimitRule>> rules;
  private final Map<String, String> subjects;
  private final String defaultTier;

  private Tiers(
      Map<String, List<LimitRule>> rules, Map<String, String> subjects, String defaultTier) {
    this.rules = rules;
    this.subjects = subjects;
    this.defaultTier = defaultTier;
  }

  static Tiers of(LimitSettings settings) {
    return of(settings.tiers(), settings.defaultTier(), settings.subjects());
  }

  /**
   * @throws IllegalArgumentException naming the property that makes no sense
   */
  static Tiers of(Map<String, String> tiers, String defaultTier, List<String> subjects) {
    Map<String, List<LimitRule>> rules = new HashMap<>();
    tiers.forEach((name, text) -> rules.put(name, rules(name, text)));
    require(rules, "serai.limits.default-tier", defaultTier);
    Map<String, String> tierOf = new HashMap<>();
    for (String entry : subjects) {
      int sign = entry.lastIndexOf('=');
      if (sign < 1) {
        throw new IllegalArgumentException(
            "serai.limits.subjects has '%s', which is no subject and tier such as acme=pro"
                .formatted(entry));
      }
      String tier = entry.substring(sign + 1).strip();
      require(rules, "serai.limits.subjects", tier);
      tierOf.put(entry.substring(0, sign).strip(), tier);
    }
    return new Tiers(rules, tierOf, defaultTier);
  }

  private static List<LimitRule> rules(String tier, String text) {
    try {
      return Arrays.stream(text.split(",", -1)).map(LimitRule::parse).toList();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "serai.limits.tiers.%s has %s".formatted(tier, e.getMessage()), e);
    }
  }

  private static void require(Map<String, ?> rules, String property, String tier) {
    if (!rules.containsKey(tier)) {
      throw new IllegalArgumentException(
          "%s names the tier '%s'; there are %s"
              .formatted(property, tier, new TreeSet<>(rules.keySet())));
    }
  }

  /**
   * The rule for a subject's request.
   *
   * @param tier the subject's; the configured one, if null
   * @throws IllegalArgumentException naming {@code tier} or {@code endpoint} when there is none
   */
  LimitRule rule(String subject, String endpoint, @Nullable String tier) {
    String name = tier == null ? subjects.getOrDefault(subject, defaultTier) : tier;
    List<LimitRule> found = rules.get(name);
    if (found == null) {
      throw new IllegalArgumentException(
          "'tier' is '%s'; there are %s".formatted(name, new TreeSet<>(rules.keySet())));
    }
    return found.stream()
        .filter(rule -> rule.matches(endpoint))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'endpoint' is '%s', for which the tier '%s' has no rule; it has %s"
                        .formatted(
                            endpoint, name, found.stream().map(LimitRule::pattern).toList())));
  }
}
