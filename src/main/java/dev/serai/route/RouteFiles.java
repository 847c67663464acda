package dev.serai.route;

import dev.serai.route.check.RouteNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.camel.CamelContext;
import org.apache.camel.ServiceStatus;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The route files of the routes directory and what became of them. One that can't be loaded stops
 * none of the others, and not its own routes as they were before.
 */
public final class RouteFiles implements CamelContextConfiguration {

  private final RoutesFolder folder;
  private final RouteLoading.Factory loadings;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable CamelContext camel;
  private @Nullable RouteLoading loading;
  private volatile Map<String, RouteFile> files = Map.of();
  private volatile boolean loaded;

  RouteFiles(RoutesFolder folder, RouteLoading.Factory loadings) {
    this.folder = folder;
    this.loadings = loadings;
  }

  @Override
  public void beforeApplicationStart(CamelContext context) {
    context.getGlobalEndpointConfiguration().setAutowiredEnabled(false);
  }

  @Override
  public void afterApplicationStart(CamelContext context) {
    camel = context;
    loading = loadings.create(context);
    update(folder.read());
    loaded = true;
  }

  /** Makes what runs what these texts say. */
  void update(Map<String, String> texts) {
    RouteLoading current = loading;
    if (current == null) {
      return;
    }
    lock.lock();
    try {
      current.update(texts);
      files = current.files();
    } finally {
      lock.unlock();
    }
  }

  /** Whether all files have been gone through. */
  public boolean loaded() {
    return loaded;
  }

  /** Why files are not what runs. */
  public List<RouteProblem> problems() {
    return files.values().stream().flatMap(file -> file.problems().stream()).toList();
  }

  /** The routes of all files. */
  public List<LoadedRoute> routes() {
    List<LoadedRoute> routes = new ArrayList<>();
    files.forEach(
        (name, file) -> {
          if (file.running() != null && !file.running().isKamelet()) {
            file.running().routes().forEach(route -> routes.add(view(name, file, route)));
          }
        });
    return routes;
  }

  private LoadedRoute view(String name, RouteFile file, RouteNode route) {
    ServiceStatus status =
        camel == null ? null : camel.getRouteController().getRouteStatus(route.id());
    return new LoadedRoute(
        route.id(),
        name,
        route.group(),
        route.description(),
        status == null ? "Removed" : status.name(),
        route.uri(),
        file.loadedAt());
  }
}
