package dev.serai.api;

import dev.serai.route.LoadedRoute;
import dev.serai.route.RouteFiles;
import dev.serai.route.RouteProblem;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The routes, the files that they are from, and why a file is not what runs. */
@RestController
@RequestMapping("/api/v1/routes")
class RoutesController {

  private final RouteFiles files;

  RoutesController(RouteFiles files) {
    this.files = files;
  }

  /** Lists the routes of all files, and what is wrong with files that could not be loaded. */
  @GetMapping
  Listing list() {
    return new Listing(files.routes(), files.problems());
  }

  /**
   * Routes and route files.
   *
   * @param routes those that are loaded, by file
   * @param problems files that are not what runs, and why
   */
  record Listing(List<LoadedRoute> routes, List<RouteProblem> problems) {}
}
