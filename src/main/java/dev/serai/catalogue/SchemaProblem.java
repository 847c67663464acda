package dev.serai.catalogue;

/**
 * Why a schema file is not what counts.
 *
 * @param file its path below the routes directory
 * @param line counted from 1
 * @param message what is wrong, and what would be right
 */
public record SchemaProblem(String file, int line, String message) {

  @Override
  public String toString() {
    return "%s:%s: %s".formatted(file, line, message);
  }
}
