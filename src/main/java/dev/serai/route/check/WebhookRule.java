package dev.serai.route.check;

import java.util.function.Consumer;

/**
 * A webhook's provider gets a 2xx only for what was appended, by the route or with its decision.
 */
final class WebhookRule implements Rule {

  @Override
  public void check(RouteDocument document, Project project, Consumer<Finding> findings) {
    for (RouteNode route : document.routes()) {
      boolean appends =
          route.steps().stream()
              .anyMatch(step -> step.uri().equals("event") || step.uri().startsWith("event?"));
      boolean decides = route.parameter("decide") != null;
      if (route.uri().split("[:?]", 2)[0].equals("inbound") && !appends && !decides) {
        findings.accept(
            document.error(
                route.line(),
                "Route '%s' takes webhooks and appends none; its last step must be 'to' with 'uri: event'"
                    .formatted(route.id())));
      }
    }
  }
}
