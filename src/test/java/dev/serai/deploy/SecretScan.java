package dev.serai.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Looks for secrets by the rules of {@code .gitleaks.toml}, as gitleaks does. */
final class SecretScan {

  private static final Path RULES = Path.of(".gitleaks.toml");

  /**
   * What a secret looks like, and words without which there is none: to look for these is quick.
   */
  record Rule(String id, Pattern pattern, List<String> keywords) {}

  /** Which findings are none, and why. */
  record Allowance(String reason, boolean both, List<Pattern> paths, List<Pattern> values) {

    boolean covers(String file, String value) {
      boolean here = paths.stream().anyMatch(path -> path.matcher(file).find());
      boolean known = values.stream().anyMatch(pattern -> pattern.matcher(value).find());
      return both ? here && known : here || known;
    }
  }

  /** A secret that nobody has allowed; its value is shown in part only. */
  record Finding(String file, long line, String rule, String beginning) {}

  private final List<Rule> rules;
  private final List<Allowance> allowances;
  private final Set<String> used = new LinkedHashSet<>();

  private SecretScan(List<Rule> rules, List<Allowance> allowances) {
    this.rules = rules;
    this.allowances = allowances;
  }

  static SecretScan configured() throws IOException {
    JsonNode file = new TomlMapper().readTree(RULES.toFile());
    return new SecretScan(
        objects(file, "rules")
            .map(
                rule ->
                    new Rule(
                        text(rule, "id"),
                        Pattern.compile(text(rule, "regex")),
                        objects(rule, "keywords").map(JsonNode::asText).toList()))
            .toList(),
        objects(file, "allowlists")
            .map(
                list ->
                    new Allowance(
                        text(list, "description"),
                        list.path("condition").asText("OR").equals("AND"),
                        patterns(list, "paths"),
                        patterns(list, "regexes")))
            .toList());
  }

  List<Rule> rules() {
    return rules;
  }

  List<Allowance> allowances() {
    return allowances;
  }

  /** Reasons of the allowances that have excused something. */
  Set<String> used() {
    return used;
  }

  List<Finding> scan(String file, String text) {
    List<Finding> findings = new ArrayList<>();
    String small = text.toLowerCase(Locale.ROOT);
    for (Rule rule : rules) {
      if (rule.keywords().stream().noneMatch(small::contains)) {
        continue;
      }
      Matcher matcher = rule.pattern().matcher(text);
      while (matcher.find()) {
        if (!allowed(file, matcher.group())) {
          long line = 1 + text.substring(0, matcher.start()).chars().filter(c -> c == '\n').count();
          String beginning = matcher.group().substring(0, Math.min(10, matcher.group().length()));
          findings.add(new Finding(file, line, rule.id(), beginning + "..."));
        }
      }
    }
    return findings;
  }

  private boolean allowed(String file, String value) {
    List<Allowance> covering = allowances.stream().filter(a -> a.covers(file, value)).toList();
    covering.forEach(allowance -> used.add(allowance.reason()));
    return !covering.isEmpty();
  }

  private static Stream<JsonNode> objects(JsonNode file, String name) {
    return StreamSupport.stream(file.path(name).spliterator(), false);
  }

  private static List<Pattern> patterns(JsonNode list, String name) {
    return objects(list, name).map(JsonNode::asText).map(Pattern::compile).toList();
  }

  private static String text(JsonNode node, String name) {
    String text = node.path(name).asText();
    if (text.isBlank()) {
      throw new IllegalArgumentException("%s: %s has no %s".formatted(RULES, node, name));
    }
    return text;
  }
}
