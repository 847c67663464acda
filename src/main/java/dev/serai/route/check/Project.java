package dev.serai.route.check;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** All files of a routes directory, which refer to each other. */
final class Project {

  private final List<RouteDocument> documents;
  private final Set<String> directs;
  private final Set<String> kamelets;
  private final Set<String> configurations;
  private final Set<String> beans;

  Project(Collection<RouteDocument> documents) {
    this.documents = List.copyOf(documents);
    this.directs =
        routes().stream()
            .map(route -> route.uri().equals("direct") ? direct(route) : route.uri())
            .filter(uri -> uri.startsWith("direct:"))
            .collect(Collectors.toSet());
    this.kamelets =
        documents.stream()
            .filter(RouteDocument::isKamelet)
            .map(RouteDocument::kamelet)
            .collect(Collectors.toSet());
    this.configurations =
        documents.stream()
            .flatMap(document -> document.configurations().keySet().stream())
            .collect(Collectors.toSet());
    this.beans =
        documents.stream()
            .flatMap(document -> document.root().items().stream())
            .map(entry -> entry.get("beans"))
            .filter(java.util.Objects::nonNull)
            .flatMap(list -> list.items().stream())
            .map(bean -> bean.text("name"))
            .collect(Collectors.toSet());
  }

  private static String direct(RouteNode route) {
    Yaml name = route.parameter("name");
    return "direct:" + (name == null ? "" : name.text());
  }

  List<RouteDocument> documents() {
    return documents;
  }

  private List<RouteNode> routes() {
    return documents.stream()
        .filter(document -> !document.isKamelet())
        .flatMap(document -> document.routes().stream())
        .toList();
  }

  /** The {@code direct:} addresses that a route listens at. */
  Set<String> directs() {
    return directs;
  }

  Set<String> kamelets() {
    return kamelets;
  }

  Set<String> configurations() {
    return configurations;
  }

  /** The beans that files define. */
  Set<String> beans() {
    return beans;
  }
}
