package dev.serai.api;

import dev.serai.route.RouteFiles;
import dev.serai.route.RouteProblem;
import dev.serai.webhook.Door;
import dev.serai.webhook.Source;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/** Tells whoever has started the hub where it is. */
@Component
final class ReadyMessage {

  private static final Logger log = LoggerFactory.getLogger(ReadyMessage.class);

  private final ServletWebServerApplicationContext context;
  private final Door door;
  private final RouteFiles routes;

  ReadyMessage(ServletWebServerApplicationContext context, Door door, RouteFiles routes) {
    this.context = context;
    this.door = door;
    this.routes = routes;
  }

  @EventListener(ApplicationReadyEvent.class)
  void say() {
    log.info(
        "Ready on http://localhost:{}; sources: {}{}",
        context.getWebServer().getPort(),
        door.sources().stream()
            .filter(Source::isConfigured)
            .map(source -> "/webhooks" + source.path())
            .collect(Collectors.joining(", ")),
        routes.problems().isEmpty()
            ? ""
            : "; NOT loaded: "
                + routes.problems().stream()
                    .map(RouteProblem::file)
                    .distinct()
                    .collect(Collectors.joining(", ")));
  }
}
