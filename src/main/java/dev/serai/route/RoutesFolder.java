package dev.serai.route;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files below the routes directory that make the program. */
final class RoutesFolder {

  private static final Set<String> CLOUDS = Set.of("local", "gcp");

  private final Path directory;
  private final String cloud;
  private volatile Map<String, Seen> seen = Map.of();

  /**
   * A file as it was read.
   *
   * @param settled whether it was read again later and had not changed in between: from then on its
   *     attributes tell whether it does, while at first a second save may have left them the same
   */
  private record Seen(
      FileTime modified, long size, @Nullable Object key, String text, boolean settled) {

    static Seen of(BasicFileAttributes now, String text, boolean settled) {
      return new Seen(now.lastModifiedTime(), now.size(), now.fileKey(), text, settled);
    }

    boolean isAsIn(BasicFileAttributes now) {
      return modified.equals(now.lastModifiedTime())
          && size == now.size()
          && Objects.equals(key, now.fileKey());
    }
  }

  /**
   * @param cloud which of the folders of Kamelets counts: local or gcp
   * @throws IllegalStateException when there is no such folder, which Camel would log and go on, or
   *     no such cloud
   */
  RoutesFolder(Path directory, String cloud) {
    if (!Files.isDirectory(directory)) {
      throw new IllegalStateException(
          "serai.routes.dir (SERAI_ROUTES_DIR) is '%s', which is no folder".formatted(directory));
    }
    if (!CLOUDS.contains(cloud)) {
      throw new IllegalStateException(
          "serai.cloud (SERAI_CLOUD) is '%s'; it must be local or gcp".formatted(cloud));
    }
    this.directory = directory;
    this.cloud = cloud;
  }

  Path path(String name) {
    return directory.resolve(name);
  }

  /**
   * The texts by name: routes, Kamelets, and what stands beside them (SQL). A file that has not
   * changed for two readings is not read again: in development they follow each other fast.
   *
   * @throws UncheckedIOException when they can't be read
   */
  Map<String, String> read() {
    Map<String, Seen> before = seen;
    Map<String, Seen> now = new TreeMap<>();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path file : all.toList()) {
        String name = directory.relativize(file).toString().replace('\\', '/');
        if (counts(name)) {
          Seen read = read(file, before.get(name));
          if (read != null) {
            now.put(name, read);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("The route files can't be listed: " + e.getMessage(), e);
    }
    seen = now;
    Map<String, String> texts = new TreeMap<>();
    now.forEach((name, read) -> texts.put(name, read.text()));
    return texts;
  }

  private static @Nullable Seen read(Path file, @Nullable Seen before) throws IOException {
    try {
      BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class);
      if (!now.isRegularFile()) {
        return null;
      }
      if (before == null || !before.isAsIn(now)) {
        return Seen.of(now, text(file), false);
      }
      if (before.settled()) {
        return before;
      }
      String text = text(file);
      return Seen.of(now, text, text.equals(before.text()));
    } catch (NoSuchFileException deleted) {
      return null; // since the listing
    }
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }

  private boolean counts(String name) {
    String[] folders = name.split("/", -1);
    boolean ofKamelets = folders[0].equals("kamelets");
    if (ofKamelets && folders.length > 2 && !folders[1].equals(cloud)) {
      return false;
    }
    if (isKamelet(name)) {
      return ofKamelets;
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
