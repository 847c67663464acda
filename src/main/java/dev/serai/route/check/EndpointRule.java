package dev.serai.route.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.camel.tooling.model.ComponentModel;
import org.apache.camel.tooling.model.ComponentModel.EndpointOptionModel;

/** Endpoints are of a component that is there, with options that it has. */
final class EndpointRule implements Rule {

  private static final String ELLIPSIS = "...";

  private final Components components;

  EndpointRule(Components components) {
    this.components = components;
  }

  @Override
  public void check(RouteDocument document, Project project, Consumer<Finding> findings) {
    for (RouteNode route : document.routes()) {
      for (EndpointUse use : uses(route)) {
        check(document, use, findings);
      }
    }
  }

  /** The endpoints of a route whose URI is known before a message comes. */
  static List<EndpointUse> uses(RouteNode route) {
    List<EndpointUse> uses = new ArrayList<>();
    Yaml from = route.from();
    if (from != null) {
      uses.add(EndpointUse.of(from, true));
    }
    route.steps().stream()
        .filter(step -> !step.isDynamic() && !step.uri().isEmpty())
        .forEach(step -> uses.add(EndpointUse.of(step.body(), false)));
    return uses.stream().filter(use -> !use.uri().contains("{{")).toList();
  }

  private void check(RouteDocument document, EndpointUse use, Consumer<Finding> findings) {
    ComponentModel model = components.find(use.scheme()).orElse(null);
    if (model == null) {
      findings.accept(
          document.error(
              use.line(),
              "There is no component '%s'; is its name right, and its starter in pom.xml?"
                  .formatted(use.scheme())));
      return;
    }
    Map<String, EndpointOptionModel> known =
        model.getEndpointOptions().stream()
            .collect(Collectors.toMap(EndpointOptionModel::getName, option -> option));
    use.options()
        .forEach(
            (name, option) -> {
              EndpointOptionModel about = known.get(name);
              if (about != null) {
                value(document, use, about, option, findings);
              } else if (!model.isLenientProperties() && !isPrefixed(name, model)) {
                findings.accept(
                    document.error(
                        option.line(),
                        "'%s' has no option '%s'%s"
                            .formatted(use.scheme(), name, Similar.hint(name, known.keySet()))));
              }
            });
    model.getEndpointOptions().stream()
        .filter(EndpointOptionModel::isRequired)
        .filter(option -> option.getDefaultValue() == null)
        .filter(option -> isOf(option, use.input()))
        .filter(option -> !use.options().containsKey(option.getName()))
        .filter(option -> option.getKind().equals("parameter") || use.path().isEmpty())
        .forEach(
            option ->
                findings.accept(
                    document.error(
                        use.line(),
                        "'%s' needs the option '%s': %s"
                            .formatted(use.scheme(), option.getName(), option.getDescription()))));
  }

  private static boolean isPrefixed(String name, ComponentModel model) {
    return model.getEndpointOptions().stream()
        .anyMatch(option -> option.getPrefix() != null && name.startsWith(option.getPrefix()));
  }

  private static void value(
      RouteDocument document,
      EndpointUse use,
      EndpointOptionModel about,
      EndpointUse.Option option,
      Consumer<Finding> findings) {
    String problem = problem(use, about, option.value());
    if (!problem.isEmpty()) {
      findings.accept(
          document.error(
              option.line(),
              "'%s': option '%s' is '%s'; it must be %s"
                  .formatted(use.scheme(), about.getName(), option.value(), problem)));
    }
    if (!isOf(about, use.input())) {
      findings.accept(
          document.error(
              option.line(),
              "'%s': option '%s' is one of %s"
                  .formatted(
                      use.scheme(),
                      about.getName(),
                      use.input() ? "steps, not of 'from'" : "'from', not of steps")));
    }
  }

  /** A listed value that ends with an ellipsis stands for all that begin like it: {@code /...}. */
  private static boolean isAllowed(String value, String known) {
    return known.endsWith(ELLIPSIS)
        ? value.startsWith(known.substring(0, known.length() - ELLIPSIS.length()))
        : value.equalsIgnoreCase(known);
  }

  /** Whether it is an option of inputs, or of steps. */
  private static boolean isOf(EndpointOptionModel option, boolean input) {
    String label = String.valueOf(option.getLabel());
    boolean consumer = label.contains("consumer");
    return consumer == label.contains("producer") || consumer == input;
  }

  private static String problem(EndpointUse use, EndpointOptionModel about, String value) {
    if (value.contains("{{") || value.startsWith("#") || value.startsWith("RAW(")) {
      return "";
    }
    List<String> enums = about.getEnums();
    if (enums != null && enums.stream().noneMatch(known -> isAllowed(value, known))) {
      return "one of " + String.join(", ", enums) + Similar.hint(value, enums);
    }
    return switch (String.valueOf(about.getType())) {
      case "integer" -> value.matches("-?\\d+") ? "" : "a whole number";
      case "number" -> value.matches("-?\\d+(\\.\\d+)?") ? "" : "a number";
      case "boolean" -> value.matches("(?i)true|false") ? "" : "true or false";
      case "duration" ->
          value.matches("(?i)(\\d+\\s*(ms|s|m|h|d)?\\s*)+|PT?[0-9DHMS.]+")
              ? ""
              : "a duration such as 5s";
      default -> "";
    };
  }
}
