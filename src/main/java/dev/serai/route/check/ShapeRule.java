package dev.serai.route.check;

import java.util.Set;
import java.util.function.Consumer;

/** What the loader needs to know whose a route is: entries of its kinds, with ids. */
final class ShapeRule implements Rule {

  private static final Set<String> ENTRIES = Set.of("route", "routeConfiguration", "beans");

  @Override
  public void check(RouteDocument document, Project project, Consumer<Finding> findings) {
    if (document.isKamelet()) {
      kamelet(document, findings);
      return;
    }
    for (Yaml entry : document.root().items()) {
      if (!entry.isMapping()) {
        findings.accept(
            document.error(entry.line(), "An entry is a mapping; a route begins with '- route:'"));
      }
      entry
          .members()
          .forEach(
              (kind, body) -> {
                if (!ENTRIES.contains(kind)) {
                  findings.accept(
                      document.error(
                          body.line(),
                          "An entry is route, routeConfiguration or beans, not '%s'%s"
                              .formatted(kind, Similar.hint(kind, ENTRIES))));
                } else if (!kind.equals("beans") && body.text("id").isBlank()) {
                  findings.accept(
                      document.error(
                          body.line(),
                          "The %s has no id; by its id it is replaced when the file changes"
                              .formatted(kind)));
                }
              });
    }
  }

  private static void kamelet(RouteDocument document, Consumer<Finding> findings) {
    String name = document.kamelet();
    String file = document.name().substring(document.name().lastIndexOf('/') + 1);
    if (!file.equals(name + ".kamelet.yaml")) {
      findings.accept(
          document.error(
              1,
              "metadata.name is '%s'; it must be the file's: '%s'"
                  .formatted(name, file.replace(".kamelet.yaml", ""))));
    }
    if (document.root().at("spec", "template") == null) {
      findings.accept(document.error(1, "The Kamelet has no spec.template, which is its route"));
    }
  }
}
