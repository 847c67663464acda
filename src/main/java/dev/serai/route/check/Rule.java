package dev.serai.route.check;

import java.util.function.Consumer;

/** One thing that route files must keep to. */
interface Rule {

  /**
   * Looks at one file.
   *
   * @param project all files, this one among them
   */
  void check(RouteDocument document, Project project, Consumer<Finding> findings);
}
