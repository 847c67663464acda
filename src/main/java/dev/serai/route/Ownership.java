package dev.serai.route;

import dev.serai.route.check.Finding;
import dev.serai.route.check.RouteDocument;
import dev.serai.route.check.RouteNode;
import dev.serai.route.check.Yaml;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Which file owns an id, a webhook's source or its path: a second file can't take it away. */
final class Ownership {

  private final Map<String, String> owners = new HashMap<>();
  private final UnaryOperator<String> placeholders;

  /**
   * @param placeholders resolves them
   */
  Ownership(UnaryOperator<String> placeholders) {
    this.placeholders = placeholders;
  }

  void own(RouteDocument document) {
    for (Claim claim : claims(document)) {
      owners.put(claim.what(), document.name());
    }
  }

  /** What a file takes although another has it, or twice. */
  List<Finding> conflicts(RouteDocument document) {
    List<Finding> conflicts = new ArrayList<>();
    Map<String, Integer> own = new HashMap<>();
    for (Claim claim : claims(document)) {
      String owner = owners.get(claim.what());
      Integer before = own.putIfAbsent(claim.what(), claim.line());
      if (owner != null || before != null) {
        conflicts.add(
            Finding.error(
                document.name(),
                claim.line(),
                "The %s is taken, by %s; give it another"
                    .formatted(claim.what(), owner == null ? "line " + before : owner)));
      }
    }
    return conflicts;
  }

  private List<Claim> claims(RouteDocument document) {
    List<Claim> claims = new ArrayList<>();
    if (document.isKamelet()) {
      return List.of(new Claim("Kamelet '%s'".formatted(document.kamelet()), 1));
    }
    document.routes().forEach(route -> claim(route, claims));
    document
        .configurations()
        .forEach(
            (id, yaml) ->
                claims.add(new Claim("route configuration '%s'".formatted(id), yaml.line())));
    return claims;
  }

  private void claim(RouteNode route, List<Claim> claims) {
    claims.add(new Claim("route id '%s'".formatted(route.id()), route.line()));
    Yaml job = route.parameter("name");
    if (route.uri().equals("job") && job != null) {
      claims.add(new Claim("job '%s'".formatted(placeholders.apply(job.text())), job.line()));
    }
    Yaml source = route.parameter("source");
    if (!route.uri().equals("inbound") || source == null) {
      return;
    }
    String name = placeholders.apply(source.text());
    claims.add(new Claim("source '%s'".formatted(name), source.line()));
    Yaml path = route.parameter("path");
    claims.add(
        path == null
            ? new Claim("webhook path '/%s'".formatted(name), source.line())
            : new Claim(
                "webhook path '%s'".formatted(placeholders.apply(path.text())), path.line()));
  }

  private record Claim(String what, int line) {}
}
