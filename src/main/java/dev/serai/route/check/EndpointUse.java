package dev.serai.route.check;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An endpoint that a route takes from or sends to.
 *
 * @param uri the component, or a URI
 * @param input whether messages come from it
 * @param line where its URI stands
 * @param options by name
 */
record EndpointUse(String uri, boolean input, int line, Map<String, Option> options) {

  /**
   * An option's value and where it stands.
   *
   * @param line counted from 1
   */
  record Option(String value, int line) {}

  static EndpointUse of(Yaml body, boolean input) {
    String uri = body.isScalar() ? body.text() : body.text("uri");
    Yaml at = body.get("uri");
    int line = at == null ? body.line() : at.line();
    Map<String, Option> options = new LinkedHashMap<>();
    int query = uri.indexOf('?');
    if (query >= 0) {
      for (String pair : uri.substring(query + 1).split("&", -1)) {
        String[] parts = pair.split("=", 2);
        options.put(parts[0], new Option(parts.length > 1 ? parts[1] : "", line));
      }
      uri = uri.substring(0, query);
    }
    Yaml parameters = body.get("parameters");
    if (parameters != null) {
      parameters
          .members()
          .forEach((name, value) -> options.put(name, new Option(value.text(), value.line())));
    }
    return new EndpointUse(uri, input, line, options);
  }

  String scheme() {
    int end = uri.indexOf(':');
    return end < 0 ? uri : uri.substring(0, end);
  }

  /** What follows the component's name. */
  String path() {
    int end = uri.indexOf(':');
    return end < 0 ? "" : uri.substring(end + 1);
  }
}
