package dev.serai.route.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Everything that route files must keep to. */
public final class RouteCheck {

  private final Rule shape = new ShapeRule();
  private final Rule schema = new SchemaRule();
  private final List<Rule> rules;

  public RouteCheck(Surroundings surroundings) {
    this.rules =
        List.of(
            shape,
            new EndpointRule(new Components()),
            new ReferenceRule(surroundings),
            new UniqueRule(),
            new WebhookRule(),
            new LiteralRule(),
            new StyleRule(),
            new CanonicalRule());
  }

  /**
   * Checks files.
   *
   * @param documents those to check
   * @param all these and those that they may refer to
   */
  public List<Finding> check(Collection<RouteDocument> documents, Collection<RouteDocument> all) {
    Set<Finding> findings = new TreeSet<>(find(documents, all));
    documents.forEach(document -> schema.check(document, new Project(all), findings::add));
    return List.copyOf(findings);
  }

  private List<Finding> find(Collection<RouteDocument> documents, Collection<RouteDocument> all) {
    Project project = new Project(all);
    TreeSet<Finding> findings = new TreeSet<>();
    for (RouteDocument document : documents) {
      rules.forEach(rule -> rule.check(document, project, findings::add));
    }
    return List.copyOf(findings);
  }

  /** What of a file the loader could not keep apart from other files. */
  public List<Finding> shape(RouteDocument document) {
    List<Finding> findings = new ArrayList<>();
    shape.check(document, new Project(List.of(document)), findings::add);
    return findings;
  }

  /**
   * Why a file can't work. Camel's schema is left out: it takes a second to read, and Camel says
   * itself where a file departs from it.
   *
   * @param others files that run beside it, and perhaps an older text of its own
   */
  public List<Finding> errors(RouteDocument document, Collection<RouteDocument> others) {
    List<RouteDocument> all = new ArrayList<>(List.of(document));
    others.stream().filter(other -> !other.name().equals(document.name())).forEach(all::add);
    return find(List.of(document), all).stream()
        .filter(Finding::isError)
        .sorted(Comparator.comparingInt(Finding::line))
        .toList();
  }
}
