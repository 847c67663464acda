package dev.serai.route.check;

import java.util.function.Consumer;

/** Of several forms that mean the same, one is written: {@code --fix} does it. */
final class CanonicalRule implements Rule {

  @Override
  public void check(RouteDocument document, Project project, Consumer<Finding> findings) {
    Canonical.differences(document).forEach(findings);
  }
}
