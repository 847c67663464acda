package dev.serai.route;

import dev.serai.route.check.Finding;
import java.time.Instant;

/**
 * Why a file is not what runs.
 *
 * @param file its path below the routes directory
 * @param line counted from 1
 * @param message what is wrong, and what would be right
 * @param since when it was found
 */
public record RouteProblem(String file, int line, String message, Instant since) {

  static RouteProblem of(Finding finding, Instant since) {
    return new RouteProblem(finding.file(), finding.line(), finding.message(), since);
  }

  /** Whether it says the same at another time. */
  boolean isSame(RouteProblem other) {
    return file.equals(other.file) && line == other.line && message.equals(other.message);
  }

  @Override
  public String toString() {
    return "%s:%s: %s".formatted(file, line, message);
  }
}
