package dev.serai.route.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A route in its file. */
public final class RouteNode {

  /** Members of a step that hold steps without being steps themselves. */
  private static final Set<String> CLAUSES = Set.of("when", "otherwise", "doCatch", "doFinally");

  private final Yaml route;

  RouteNode(Yaml route) {
    this.route = route;
  }

  Yaml yaml() {
    return route;
  }

  /** Its id, or nothing. */
  public String id() {
    return route.text("id");
  }

  /** Where its id stands, or the route. */
  public int line() {
    Yaml id = route.get("id");
    return id == null ? route.line() : id.line();
  }

  /** Its group, or nothing. */
  public String group() {
    return route.text("group");
  }

  /** Its description, or nothing. */
  public String description() {
    return route.text("description");
  }

  @Nullable Yaml from() {
    return route.get("from");
  }

  /** What it takes messages from: a component, or a URI. */
  public String uri() {
    Yaml from = from();
    return from == null ? "" : from.isScalar() ? from.text() : from.text("uri");
  }

  /** An option of its input. */
  public @Nullable Yaml parameter(String name) {
    Yaml from = from();
    return from == null ? null : from.at("parameters", name);
  }

  /** The ids of configurations that it names, separated by commas. */
  public String configuration() {
    return route.text("routeConfigurationId");
  }

  /** All steps, also those within steps. */
  public List<StepNode> steps() {
    List<StepNode> found = new ArrayList<>();
    Yaml from = from();
    if (from != null) {
      collect(from.get("steps"), found);
    }
    collect(route.get("steps"), found);
    return found;
  }

  private static void collect(@Nullable Yaml steps, List<StepNode> found) {
    if (steps == null) {
      return;
    }
    for (Yaml step : steps.items()) {
      for (Map.Entry<String, Yaml> kind : step.members().entrySet()) {
        add(new StepNode(kind.getKey(), kind.getValue()), found);
      }
    }
  }

  private static void add(StepNode step, List<StepNode> found) {
    found.add(step);
    step.body()
        .members()
        .forEach(
            (key, value) -> {
              if (key.equals("steps")) {
                collect(value, found);
              } else if (CLAUSES.contains(key)) {
                clauses(value).forEach(clause -> add(new StepNode(key, clause), found));
              }
            });
  }

  private static List<Yaml> clauses(Yaml value) {
    return value.isSequence() ? value.items() : List.of(value);
  }
}
