package dev.serai.route.check;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Checks the files of a folder, and writes them anew where only their form is wrong. */
public final class FilesCheck {

  private final Path root;
  private final RouteCheck check;

  /**
   * @param root the routes directory, from which files refer to each other
   */
  public FilesCheck(Path root, Surroundings surroundings) {
    this.root = root.toAbsolutePath().normalize();
    this.check = new RouteCheck(surroundings);
  }

  /**
   * Checks files, and what they say of each other.
   *
   * @param wanted files and folders; all of the routes directory, if empty
   * @throws IOException when one can't be read
   */
  public List<Finding> check(List<Path> wanted) throws IOException {
    Map<String, Path> files = files(wanted);
    Map<String, Path> all = files(List.of());
    all.putAll(files);
    List<Finding> findings = new ArrayList<>();
    List<RouteDocument> chosen = new ArrayList<>();
    List<RouteDocument> documents = new ArrayList<>();
    for (Map.Entry<String, Path> file : all.entrySet()) {
      try {
        RouteDocument document = read(file);
        documents.add(document);
        if (files.containsKey(file.getKey())) {
          chosen.add(document);
        }
      } catch (InvalidYamlException e) {
        if (files.containsKey(file.getKey())) {
          findings.add(e.finding());
        }
      }
    }
    findings.addAll(check.check(chosen, documents));
    return findings.stream().sorted().toList();
  }

  /**
   * Writes files in the canonical form. What they mean stays.
   *
   * @return what was changed
   * @throws IOException when one can't be read or written
   */
  public List<Finding> fix(List<Path> wanted) throws IOException {
    List<Finding> changes = new ArrayList<>();
    for (Map.Entry<String, Path> file : files(wanted).entrySet()) {
      try {
        Canonical.Rewritten rewritten = Canonical.rewrite(read(file));
        if (!rewritten.changes().isEmpty()) {
          Files.writeString(file.getValue(), rewritten.text());
          changes.addAll(rewritten.changes());
        }
      } catch (InvalidYamlException e) {
        // The check says so.
      }
    }
    return changes;
  }

  private static RouteDocument read(Map.Entry<String, Path> file)
      throws IOException, InvalidYamlException {
    return RouteDocument.parse(
        file.getKey(), new String(Files.readAllBytes(file.getValue()), StandardCharsets.UTF_8));
  }

  private Map<String, Path> files(List<Path> wanted) throws IOException {
    Map<String, Path> files = new TreeMap<>();
    for (Path path : wanted.isEmpty() ? List.of(root) : wanted) {
      if (!Files.exists(path)) {
        throw new IllegalArgumentException("There is no file or folder " + path);
      }
      try (Stream<Path> found = Files.walk(path.toAbsolutePath().normalize())) {
        found
            .filter(Files::isRegularFile)
            .filter(file -> file.equals(path.toAbsolutePath().normalize()) || isOurs(file))
            .forEach(file -> files.put(root.relativize(file).toString().replace('\\', '/'), file));
      }
    }
    return files;
  }

  private static boolean isOurs(Path file) {
    return file.toString().endsWith(".camel.yaml") || file.toString().endsWith(".kamelet.yaml");
  }
}
