package dev.serai.route.check;

import java.util.Comparator;

/**
 * Something in a route file that is not as it should be.
 *
 * @param file the file, relative to the routes directory
 * @param line counted from 1
 * @param level whether the file can't work, or only reads badly
 * @param message what is wrong, and what would be right
 */
public record Finding(String file, int line, Level level, String message)
    implements Comparable<Finding> {

  private static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::file)
          .thenComparingInt(Finding::line)
          .thenComparing(Finding::message);

  /** How bad it is. */
  public enum Level {
    /** The route can't work like this. */
    ERROR,
    /** It works, and should be written otherwise. */
    STYLE
  }

  /** A finding for which the file is refused. */
  public static Finding error(String file, int line, String message) {
    return new Finding(file, line, Level.ERROR, message);
  }

  static Finding style(String file, int line, String message) {
    return new Finding(file, line, Level.STYLE, message);
  }

  /** Whether the file can't work because of it. */
  public boolean isError() {
    return level == Level.ERROR;
  }

  @Override
  public int compareTo(Finding other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return "%s:%s: %s".formatted(file, line, message);
  }
}
