package dev.serai.route;

import java.io.UncheckedIOException;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.scheduling.annotation.Scheduled;

/** In development: takes what is saved into the routes directory. */
final class RouteWatch {

  private static final Logger log = LoggerFactory.getLogger(RouteWatch.class);

  private final RoutesFolder folder;
  private final RouteFiles files;
  private Map<String, String> before = Map.of();
  private boolean complained;
  private volatile boolean closed;

  RouteWatch(RoutesFolder folder, RouteFiles files) {
    this.folder = folder;
    this.files = files;
  }

  /** A text counts when it is still the same a quarter of a second later: it may be half saved. */
  @Scheduled(fixedDelay = 250)
  void look() {
    if (closed || !files.loaded()) {
      return;
    }
    try {
      Map<String, String> now = folder.read();
      if (now.equals(before)) {
        files.update(now);
      }
      before = now;
      complained = false;
    } catch (UncheckedIOException e) {
      if (!complained) {
        log.warn("Changes of routes are not seen. {}", e.getMessage());
        complained = true;
      }
    }
  }

  @EventListener(ContextClosedEvent.class)
  void close() {
    closed = true;
  }
}
