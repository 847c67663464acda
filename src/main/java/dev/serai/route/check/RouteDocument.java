package dev.serai.route.check;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A parsed route file, or Kamelet. */
public final class RouteDocument {

  private final String name;
  private final String text;
  private final Yaml root;

  private RouteDocument(String name, String text, Yaml root) {
    this.name = name;
    this.text = text;
    this.root = root;
  }

  /**
   * Parses a file.
   *
   * @param name its path below the routes directory
   * @throws InvalidYamlException saying where it is no YAML
   */
  public static RouteDocument parse(String name, String text) throws InvalidYamlException {
    RouteDocument parsed = new RouteDocument(name, text, Yaml.parse(name, text));
    Yaml root = parsed.root;
    if (parsed.isKamelet() ? !root.isMapping() : !root.isSequence()) {
      throw new InvalidYamlException(
          Finding.error(
              name,
              1,
              parsed.isKamelet()
                  ? "A Kamelet is a mapping with metadata and spec"
                  : "A route file is a list of entries; a route begins with '- route:'"));
    }
    return parsed;
  }

  /** Its path below the routes directory. */
  public String name() {
    return name;
  }

  public String text() {
    return text;
  }

  Yaml root() {
    return root;
  }

  /** Whether it is a Kamelet, by its name. */
  public boolean isKamelet() {
    return isKamelet(name);
  }

  static boolean isKamelet(String name) {
    return name.endsWith(".kamelet.yaml");
  }

  /** The name under which routes use the Kamelet. */
  public String kamelet() {
    Yaml metadata = root.get("metadata");
    return metadata == null ? "" : metadata.text("name");
  }

  /** Its routes; that of a Kamelet is its template. */
  public List<RouteNode> routes() {
    List<RouteNode> routes = new ArrayList<>();
    if (isKamelet()) {
      Yaml template = root.at("spec", "template");
      if (template != null) {
        Yaml route = template.get("route");
        routes.add(new RouteNode(route == null ? template : route));
      }
      return routes;
    }
    for (Yaml entry : root.items()) {
      Yaml route = entry.get("route");
      if (route != null) {
        routes.add(new RouteNode(route));
      }
    }
    return routes;
  }

  /** The ids of its routes; a Kamelet has none of its own. */
  public List<String> ids() {
    return isKamelet() ? List.of() : routes().stream().map(RouteNode::id).toList();
  }

  /** Its route configurations, by id. */
  public Map<String, Yaml> configurations() {
    Map<String, Yaml> configurations = new LinkedHashMap<>();
    for (Yaml entry : root.items()) {
      Yaml configuration = entry.get("routeConfiguration");
      if (configuration != null) {
        configurations.put(configuration.text("id"), configuration);
      }
    }
    return configurations;
  }

  Finding error(int line, String message) {
    return Finding.error(name, line, message);
  }

  Finding style(int line, String message) {
    return Finding.style(name, line, message);
  }
}
