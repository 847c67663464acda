package dev.serai.catalogue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The folder {@code schemas} of the routes directory. */
final class SchemaFolder {

  /** What the paths of its files begin with. */
  static final String NAME = "schemas/";

  private final Path routes;

  SchemaFolder(Path routes) {
    this.routes = routes.toAbsolutePath().normalize();
  }

  /**
   * The texts of all JSON files, by their paths below the routes directory.
   *
   * @throws UncheckedIOException when they can't be read
   */
  Map<String, String> read() {
    Map<String, String> texts = new TreeMap<>();
    Path folder = routes.resolve(NAME);
    if (!Files.isDirectory(folder)) {
      return texts;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        if (file.toString().endsWith(".json")) {
          read(file, texts);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The schemas can't be read: " + e.getMessage(), e);
    }
    return texts;
  }

  private void read(Path file, Map<String, String> texts) throws IOException {
    String name = routes.relativize(file).toString().replace('\\', '/');
    try {
      texts.put(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException deleted) {
      // Since the listing.
    }
  }
}
