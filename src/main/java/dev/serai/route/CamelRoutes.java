package dev.serai.route;

import dev.serai.route.check.RouteDocument;
import dev.serai.route.check.RouteNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.Resource;
import org.apache.camel.spi.RoutesLoader;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What Camel does with the routes of a file. */
final class CamelRoutes {

  private static final Logger log = LoggerFactory.getLogger(CamelRoutes.class);

  /** The two ends of a Kamelet's own route. */
  private static final Pattern INNER = Pattern.compile("kamelet:(//)?(source|sink)\\b.*");

  /** What the ids of routes begin with that are only tried. */
  static final String TRIAL = "trial~";

  private final ModelCamelContext context;

  /** Routes of Kamelets that are replaced: their users run until they are loaded anew. */
  private final Set<String> kept = new HashSet<>();

  CamelRoutes(CamelContext context) {
    this.context = (ModelCamelContext) context;
  }

  /** Adds the routes under other ids, without starting their inputs, and takes them away. */
  void trial(RouteDocument document, Path file) throws Exception {
    List<String> ids = new ArrayList<>();
    try {
      for (RoutesBuilder found : loader().findRoutesBuilders(List.of(resource(document, file)))) {
        RouteBuilder builder = (RouteBuilder) found;
        for (RouteDefinition route : builder.configureRoutes(context).getRoutes()) {
          String id = TRIAL + route.getRouteId();
          ids.add(id);
          route.setId(id);
          withoutKameletInput(route);
          route.setAutoStartup("false");
          route.setStartupOrder(null);
        }
        builder.addRoutesToCamelContext(context);
      }
    } finally {
      remove(ids);
    }
  }

  /** A Kamelet's own route would start at once, and take messages from the one that runs. */
  private static void withoutKameletInput(RouteDefinition route) {
    if (route.getInput().getEndpointUri().startsWith("kamelet:")) {
      route.getInput().setUri("direct:" + route.getRouteId());
    }
  }

  /** Replaces the routes of a file; those that it has no more are gone before. */
  void replace(Collection<String> before, RouteDocument document, Path file) throws Exception {
    Set<String> after = document.routes().stream().map(RouteNode::id).collect(Collectors.toSet());
    remove(before.stream().filter(id -> !after.contains(id) || kameletInput(id) != null).toList());
    loader().updateRoutes(List.of(resource(document, file)));
    removeUnusedKamelets();
  }

  /** Stops and forgets routes, and the Kamelet routes that only they used. */
  void remove(Collection<String> ids) throws Exception {
    for (String id : ids) {
      String input = kameletInput(id);
      if (input != null) {
        // First: what it has begun ends in the route that it feeds.
        remove(input);
      }
      remove(id);
    }
    removeUnusedKamelets();
  }

  private void remove(String id) throws Exception {
    context.getRouteController().stopRoute(id);
    context.removeRoute(id);
    context.getRouteDefinitions().removeIf(route -> id.equals(route.getRouteId()));
  }

  /** The route of the Kamelet that a route takes its messages from; null if it is none. */
  private @Nullable String kameletInput(String id) {
    Route route = context.getRoute(id);
    return route != null
            && route.getEndpoint() instanceof KameletEndpoint kamelet
            && !INNER.matcher(kamelet.getEndpointUri()).matches()
        ? kamelet.getRouteId()
        : null;
  }

  void removeConfigurations(Collection<String> ids) {
    context
        .getRouteConfigurationDefinitions()
        .removeIf(configuration -> ids.contains(String.valueOf(configuration.getId())));
  }

  void keep(Collection<String> kameletRoutes) {
    kept.addAll(kameletRoutes);
  }

  /** All users of replaced Kamelets are loaded anew. */
  void release() {
    kept.clear();
    try {
      removeUnusedKamelets();
    } catch (Exception e) {
      log.error("The routes of a Kamelet that was replaced could not be stopped", e);
    }
  }

  /** A Kamelet's route lives as long as an endpoint leads to it; Camel would keep it for ever. */
  private void removeUnusedKamelets() throws Exception {
    Set<String> used =
        context.getEndpoints().stream()
            .filter(KameletEndpoint.class::isInstance)
            .map(KameletEndpoint.class::cast)
            .filter(endpoint -> !INNER.matcher(endpoint.getEndpointUri()).matches())
            .map(KameletEndpoint::getRouteId)
            .collect(Collectors.toSet());
    List<String> unused =
        context.getRouteDefinitions().stream()
            .filter(route -> Boolean.TRUE.equals(route.isKamelet()))
            .map(RouteDefinition::getRouteId)
            .filter(id -> !used.contains(id) && !kept.contains(id))
            .toList();
    if (!unused.isEmpty()) {
      remove(unused);
    }
  }

  private RoutesLoader loader() {
    return PluginHelper.getRoutesLoader(context);
  }

  /** The text that was checked, whatever the file has by now. */
  static Resource resource(RouteDocument document, Path file) {
    return ResourceHelper.fromString("file:" + file, document.text());
  }
}
