package dev.serai.route;

import dev.serai.route.check.RouteDocument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.component.kamelet.KameletEndpoint;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.RouteTemplateDefinition;
import org.apache.camel.spi.EndpointRegistry;
import org.apache.camel.spi.NormalizedEndpointUri;
import org.apache.camel.support.PluginHelper;

/** The templates of Kamelets. */
final class Kamelets {

  private final ModelCamelContext context;

  Kamelets(CamelContext context) {
    this.context = (ModelCamelContext) context;
  }

  /** Takes a template away: what uses it runs on, with the routes that were made of it. */
  Removed remove(String name) throws Exception {
    List<RouteTemplateDefinition> templates =
        context.getRouteTemplateDefinitions().stream()
            .filter(template -> name.equals(template.getId()))
            .toList();
    for (RouteTemplateDefinition template : templates) {
      context.removeRouteTemplateDefinition(template);
    }
    // A route that is loaded next must not find the endpoint that leads to the old route.
    EndpointRegistry registry = context.getEndpointRegistry();
    Map<NormalizedEndpointUri, Endpoint> endpoints = new LinkedHashMap<>();
    new ArrayList<>(registry.entrySet())
        .forEach(
            entry -> {
              if (entry.getValue() instanceof KameletEndpoint endpoint
                  && endpoint.getTemplateId().equals(name)) {
                endpoints.put(entry.getKey(), endpoint);
                registry.remove(entry.getKey());
              }
            });
    return new Removed(templates, endpoints);
  }

  void add(RouteDocument kamelet, Path file) throws Exception {
    PluginHelper.getRoutesLoader(context).loadRoutes(CamelRoutes.resource(kamelet, file));
  }

  /** Takes a new template away and puts back what was there before. */
  void restore(String name, Removed before) throws Exception {
    remove(name);
    context.addRouteTemplateDefinitions(before.templates());
    context.getEndpointRegistry().putAll(before.endpoints());
  }

  /** What a template left when it was taken away. */
  record Removed(
      List<RouteTemplateDefinition> templates, Map<NormalizedEndpointUri, Endpoint> endpoints) {

    /** The routes that were made of it. */
    List<String> routes() {
      return endpoints.values().stream()
          .map(endpoint -> ((KameletEndpoint) endpoint).getRouteId())
          .toList();
    }
  }
}
