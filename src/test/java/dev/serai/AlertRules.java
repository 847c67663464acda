package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The alerts in {@code docker/prometheus}, read as strictly as Prometheus does. */
public final class AlertRules {

  private static final Path FILE = Path.of("docker", "prometheus", "serai.rules.yml");

  /**
   * An alert.
   *
   * @param lasting how long the expression must hold before it tells somebody; empty for at once
   */
  public record Alert(
      String name,
      String expression,
      String lasting,
      Map<String, String> labels,
      Map<String, String> annotations) {

    PromQuery query() {
      return new PromQuery(expression);
    }

    /** For what it fires within a time: its expression holds for as long as it wants. */
    Set<Map<String, String>> firing(PromHistory history, double from) {
      double wanted = lasting.isEmpty() ? 0 : PromTokens.seconds(lasting);
      PromQuery query = query();
      Map<Map<String, String>, Double> since = new HashMap<>();
      Set<Map<String, String>> firing = new HashSet<>();
      for (double time : history.timesFrom(from)) {
        Set<Map<String, String>> now = query.at(history, time).keySet();
        since.keySet().retainAll(now);
        now.forEach(labels -> since.putIfAbsent(labels, time));
        since.forEach(
            (labels, begin) -> {
              if (time - begin >= wanted) {
                firing.add(labels);
              }
            });
      }
      return firing;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  private AlertRules() {}

  /** Whether this one fires, whatever for. */
  public static boolean fires(String name, PromHistory history) throws IOException {
    Alert alert = all().stream().filter(one -> one.name.equals(name)).findFirst().orElseThrow();
    return !alert.firing(history, 0).isEmpty();
  }

  static List<Alert> all() throws IOException {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    Object file = new Yaml(new SafeConstructor(strict)).load(Files.readString(FILE));
    List<Alert> alerts = new ArrayList<>();
    for (Object group : list(object(file, Set.of("groups"), Set.of()).get("groups"))) {
      Map<String, Object> members = object(group, Set.of("name", "rules"), Set.of());
      text(members.get("name"));
      for (Object rule : list(members.get("rules"))) {
        alerts.add(alert(rule));
      }
    }
    return alerts;
  }

  private static Alert alert(@Nullable Object rule) {
    Map<String, Object> members =
        object(rule, Set.of("alert", "expr", "labels", "annotations"), Set.of("for"));
    return new Alert(
        text(members.get("alert")),
        text(members.get("expr")),
        text(members.getOrDefault("for", "")),
        texts(members.get("labels"), Set.of("severity")),
        texts(members.get("annotations"), Set.of("summary", "description", "runbook_url")));
  }

  private static Map<String, String> texts(@Nullable Object node, Set<String> names) {
    Map<String, String> texts = new TreeMap<>();
    object(node, names, Set.of()).forEach((name, value) -> texts.put(name, text(value)));
    return texts;
  }

  private static Map<String, Object> object(
      @Nullable Object node, Set<String> required, Set<String> optional) {
    if (!(node instanceof Map<?, ?> map)) {
      throw new AssertionError("No object: " + node);
    }
    Map<String, Object> members = new TreeMap<>();
    map.forEach((name, value) -> members.put(text(name), value));
    assertThat(members.keySet()).containsAll(required);
    Set<String> others = new TreeSet<>(members.keySet());
    others.removeAll(required);
    assertThat(optional).containsAll(others);
    return members;
  }

  private static List<?> list(@Nullable Object node) {
    if (!(node instanceof List<?> list) || list.isEmpty()) {
      throw new AssertionError("No list: " + node);
    }
    return list;
  }

  private static String text(@Nullable Object node) {
    if (!(node instanceof String text)) {
      throw new AssertionError("No text: " + node);
    }
    return text;
  }
}
