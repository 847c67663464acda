package dev.serai.route.check;

import java.util.List;
import java.util.function.Consumer;

/** How a file is written, so that people and Kaoto find their way. */
final class StyleRule implements Rule {

  private static final int MOST_BRANCHES = 4;
  private static final int LONGEST_STEP = 65;
  private static final int LONGEST_ROUTE = 100;

  @Override
  public void check(RouteDocument document, Project project, Consumer<Finding> findings) {
    file(document, findings);
    if (!document.isKamelet()) {
      document
          .configurations()
          .values()
          .forEach(body -> description(document, body, LONGEST_ROUTE, findings));
    }
    for (RouteNode route : document.routes()) {
      if (!document.isKamelet()) {
        route(document, route, findings);
      }
      Yaml from = route.from();
      if (from != null && from.isMapping()) {
        step(document, route, from, findings);
      }
      route.steps().forEach(step -> step(document, route, step.body(), findings));
      route.steps().forEach(step -> choice(document, step, findings));
    }
  }

  private static void file(RouteDocument document, Consumer<Finding> findings) {
    String file = document.name().substring(document.name().lastIndexOf('/') + 1);
    if (!file.matches("[a-z0-9]+(-[a-z0-9]+)*\\.(camel|kamelet)\\.yaml")) {
      findings.accept(
          document.style(1, "The file's name must be lower-case words: stripe-refunds.camel.yaml"));
    }
    List<String> lines = document.text().lines().toList();
    if (!lines.getFirst().startsWith("# ")) {
      findings.accept(document.style(1, "The first line must be a comment: what the file is for"));
    }
    boolean header = true;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      header &= line.startsWith("#") || line.isBlank();
      if (!header && line.strip().startsWith("#")) {
        findings.accept(
            document.style(
                i + 1,
                "Kaoto drops comments below the first entry; make it a 'description' or 'note'"));
      }
    }
  }

  private static void route(RouteDocument document, RouteNode route, Consumer<Finding> findings) {
    description(document, route.yaml(), LONGEST_ROUTE, findings);
    String folder =
        document.name().contains("/")
            ? document.name().substring(0, document.name().indexOf('/'))
            : "";
    if (route.group().isEmpty() || !folder.isEmpty() && !route.group().equals(folder)) {
      findings.accept(
          document.style(
              route.line(),
              "The group of route '%s' is '%s'; it must be its folder: '%s'"
                  .formatted(route.id(), route.group(), folder)));
    }
    if (route.configuration().isEmpty()) {
      findings.accept(
          document.style(
              route.line(),
              "Route '%s' names no routeConfigurationId; see routes/policies"
                  .formatted(route.id())));
    }
    if (route.uri().startsWith("direct:") && !route.uri().equals("direct:" + route.id())) {
      findings.accept(
          document.style(
              route.line(),
              "The door of route '%s' is '%s'; it must be 'direct:%s'"
                  .formatted(route.id(), route.uri(), route.id())));
    }
  }

  private static void step(
      RouteDocument document, RouteNode route, Yaml body, Consumer<Finding> findings) {
    if (!body.isMapping()) {
      return; // Canonical says that.
    }
    String id = body.text("id");
    if (id.isEmpty()) {
      findings.accept(
          document.style(body.line(), "The step has no id; metrics and errors name it"));
    } else if (!document.isKamelet() && !id.startsWith(route.id() + "-")) {
      findings.accept(
          document.style(
              body.line(),
              "The step's id is '%s'; it must begin with its route's: '%s-'"
                  .formatted(id, route.id())));
    }
    description(document, body, LONGEST_STEP, findings);
  }

  private static void description(
      RouteDocument document, Yaml body, int longest, Consumer<Finding> findings) {
    String description = body.text("description");
    if (description.isBlank() || description.length() > longest) {
      findings.accept(
          document.style(
              body.line(),
              description.isBlank()
                  ? "There is no description; Kaoto shows it"
                  : "The description has %s characters; %s fit into Kaoto's box"
                      .formatted(description.length(), longest)));
    }
  }

  private static void choice(RouteDocument document, StepNode step, Consumer<Finding> findings) {
    Yaml when = step.body().get("when");
    if (step.kind().equals("choice") && when != null && when.items().size() > MOST_BRANCHES) {
      findings.accept(
          document.style(
              step.line(),
              "The choice has %s branches; beyond %s make it a bean, or a handler for each"
                  .formatted(when.items().size(), MOST_BRANCHES)));
    }
  }
}
