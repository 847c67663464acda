package dev.serai.route.check;

import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a route names is there: other routes, Kamelets, policies, beans, placeholders. */
final class ReferenceRule implements Rule {

  /** Name, and what follows it: a default. */
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{(\\??)([^}:]+)(:[^}]*)?}}");

  private static final Set<String> BEAN_STEPS = Set.of("bean", "process");

  private final Surroundings surroundings;

  ReferenceRule(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public void check(RouteDocument document, Project project, Consumer<Finding> findings) {
    if (!document.isKamelet()) {
      // A Kamelet's own parameters are placeholders, too.
      placeholders(document, document.root(), findings);
    }
    for (RouteNode route : document.routes()) {
      configuration(document, route, project, findings);
      EndpointRule.uses(route).forEach(use -> target(document, use, project, findings));
      for (StepNode step : route.steps()) {
        Yaml ref = step.body().get("ref");
        if (BEAN_STEPS.contains(step.kind()) && ref != null) {
          bean(document, ref.text(), ref.line(), project, findings);
        }
      }
    }
  }

  private void placeholders(RouteDocument document, Yaml yaml, Consumer<Finding> findings) {
    Matcher found = PLACEHOLDER.matcher(yaml.text());
    while (found.find()) {
      String name = found.group(2);
      boolean mayMiss = !found.group(1).isEmpty() || found.group(3) != null || name.contains(":");
      if (!mayMiss && !surroundings.hasProperty(name)) {
        findings.accept(
            document.error(
                yaml.line(),
                "The placeholder '{{%s}}' has no value; set the property, or give it a default: {{%s:...}}"
                    .formatted(name, name)));
      }
    }
    yaml.members().values().forEach(member -> placeholders(document, member, findings));
    yaml.items().forEach(item -> placeholders(document, item, findings));
  }

  private static void configuration(
      RouteDocument document, RouteNode route, Project project, Consumer<Finding> findings) {
    String named = route.configuration();
    @Nullable Yaml at = route.yaml().get("routeConfigurationId");
    for (String id : named.split(",", -1)) {
      if (at != null && !id.contains("*") && !project.configurations().contains(id.strip())) {
        findings.accept(
            document.error(
                at.line(),
                "There is no route configuration '%s'%s"
                    .formatted(id, Similar.hint(id, project.configurations()))));
      }
    }
  }

  private void target(
      RouteDocument document, EndpointUse use, Project project, Consumer<Finding> findings) {
    if (use.scheme().equals("direct") && !use.input()) {
      EndpointUse.Option name = use.options().get("name");
      String address = "direct:" + (name == null ? use.path() : name.value());
      if (!project.directs().contains(address)) {
        findings.accept(
            document.error(
                use.line(),
                "No route takes messages from '%s'%s"
                    .formatted(address, Similar.hint(address, project.directs()))));
      }
    }
    String kamelet = use.path().split("/", 2)[0];
    if (use.scheme().equals("kamelet")
        && !Set.of("source", "sink", "").contains(kamelet)
        && !project.kamelets().contains(kamelet)) {
      findings.accept(
          document.error(
              use.line(),
              "There is no Kamelet '%s'%s"
                  .formatted(kamelet, Similar.hint(kamelet, project.kamelets()))));
    }
    if (use.scheme().equals("bean")) {
      bean(document, use.path(), use.line(), project, findings);
    }
    use.options()
        .values()
        .forEach(
            option -> {
              if (option.value().matches("#(bean:)?[A-Za-z][\\w.-]*")) {
                String bean = option.value().replaceFirst("#(bean:)?", "");
                bean(document, bean, option.line(), project, findings);
              }
            });
  }

  private void bean(
      RouteDocument document, String name, int line, Project project, Consumer<Finding> findings) {
    boolean literal = !name.isEmpty() && !name.contains("{{") && !name.startsWith("#");
    if (literal && !project.beans().contains(name) && !surroundings.hasBean(name)) {
      findings.accept(
          document.error(line, "There is no bean '%s'; is its name right?".formatted(name)));
    }
  }
}
