package dev.serai.route.check;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/** Ids, sources and paths are given once, over all files. */
final class UniqueRule implements Rule {

  @Override
  public void check(RouteDocument document, Project project, Consumer<Finding> findings) {
    Map<String, String> taken = new HashMap<>();
    for (RouteDocument other : project.documents()) {
      if (!other.name().equals(document.name()) && !isOtherCloud(document, other)) {
        collect(other, (what, line) -> taken.put(what, "%s:%s".formatted(other.name(), line)));
      }
    }
    collect(
        document,
        (what, line) -> {
          String place = "%s:%s".formatted(document.name(), line);
          String before = taken.putIfAbsent(what, place);
          if (before != null) {
            findings.accept(
                document.error(
                    line, "The %s is taken, by %s; give it another".formatted(what, before)));
          }
        });
  }

  /** Of two Kamelets of one name for two clouds a hub has one. */
  private static boolean isOtherCloud(RouteDocument one, RouteDocument other) {
    return one.isKamelet()
        && other.isKamelet()
        && one.kamelet().equals(other.kamelet())
        && !folder(one).equals(folder(other))
        && folder(one).matches("local|gcp")
        && folder(other).matches("local|gcp");
  }

  private static String folder(RouteDocument document) {
    String[] folders = document.name().split("/", -1);
    return folders.length < 3 ? "" : folders[1];
  }

  private interface Claims {
    void claim(String what, int line);
  }

  private static void collect(RouteDocument document, Claims claims) {
    document
        .configurations()
        .forEach((id, yaml) -> claims.claim("id '%s'".formatted(id), yaml.line()));
    if (document.isKamelet()) {
      claims.claim("Kamelet '%s'".formatted(document.kamelet()), 1);
    }
    for (RouteNode route : document.routes()) {
      id(route.yaml(), claims);
      Yaml from = route.from();
      if (from != null) {
        id(from, claims);
      }
      route.steps().forEach(step -> id(step.body(), claims));
      Yaml job = route.parameter("name");
      if (route.uri().equals("job") && job != null) {
        claims.claim("job '%s'".formatted(job.text()), job.line());
      }
      Yaml source = route.parameter("source");
      if (route.uri().equals("inbound") && source != null) {
        claims.claim("source '%s'".formatted(source.text()), source.line());
        Yaml path = route.parameter("path");
        claims.claim(
            "webhook path '%s'".formatted(path == null ? "/" + source.text() : path.text()),
            path == null ? source.line() : path.line());
      }
    }
  }

  private static void id(Yaml body, Claims claims) {
    Yaml id = body.get("id");
    if (id != null) {
      claims.claim("id '%s'".formatted(id.text()), id.line());
    }
  }
}
