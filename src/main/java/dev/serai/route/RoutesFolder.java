package dev.serai.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files below the routes directory that make the program. */
final class RoutesFolder {

  private final Path directory;
  private final String cloud;

  /**
   * @param cloud which of the folders of Kamelets counts: local or gcp
   * @throws IllegalStateException when there is no such folder; Camel would log that and go on
   */
  RoutesFolder(Path directory, String cloud) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalStateException(
          "serai.routes.dir (SERAI_ROUTES_DIR) is '%s', which is no folder".formatted(directory));
    }
    this.directory = directory;
    this.cloud = cloud;
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  /**
   * The texts by name: routes, Kamelets, and what stands beside them (SQL).
   *
   * @throws UncheckedIOException when they can't be read
   */
  Map<String, String> read() {
    Map<String, String> texts = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = directory.relativize(file).toString().replace('\\', '/');
        if (counts(name)) {
          read(file, name, texts);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The route files can't be listed: " + e.getMessage(), e);
    }
    return texts;
  }

  private static void read(Path file, String name, Map<String, String> texts) throws IOException {
    try {
      texts.put(name, new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
    } catch (NoSuchFileException deleted) {
      // Since the listing.
    }
  }

  private boolean counts(String name) {
    if (isKamelet(name)) {
      String[] folders = name.split("/", -1);
      return folders[0].equals("kamelets") && (folders.length == 2 || folders[1].equals(cloud));
    }
    return isRoutes(name) || name.endsWith(".sql") || name.endsWith(".mustache");
  }

  static boolean isKamelet(String name) {
    return name.endsWith(".kamelet.yaml");
  }

  static boolean isRoutes(String name) {
    return name.endsWith(".camel.yaml");
  }
}
