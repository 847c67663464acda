package dev.serai.deploy;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files that belong to the repository: also those that are not added yet, but no ignored ones.
 */
final class RepositoryFiles {

  private static final List<String> FOLDERS =
      List.of(".github", "docker", "docs", "routes", "src", "terraform");

  private RepositoryFiles() {}

  static List<Path> all() throws IOException {
    List<Path> files = onPath("git") ? ofGit() : List.of();
    return files.isEmpty() ? withoutGit() : files;
  }

  private static List<Path> ofGit() throws IOException {
    Process git =
        new ProcessBuilder("git", "ls-files", "-z", "-co", "--exclude-standard")
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String names = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return Stream.of(names.split("\0"))
        .filter(name -> !name.isEmpty())
        .map(Path::of)
        .filter(Files::isRegularFile)
        .toList();
  }

  /** Sources that were unpacked from an archive have no list of files. */
  private static List<Path> withoutGit() throws IOException {
    try (Stream<Path> top = Files.list(Path.of(""))) {
      return Stream.concat(
              top.filter(file -> !file.endsWith(".env")).filter(Files::isRegularFile),
              FOLDERS.stream()
                  .map(Path::of)
                  .filter(Files::isDirectory)
                  .flatMap(RepositoryFiles::in))
          .toList();
    }
  }

  /** All files of a folder, also of those in it. */
  static Stream<Path> in(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> !file.toString().matches(".*/(\\.terraform|node_modules)/.*"))
          .filter(Files::isRegularFile)
          .sorted()
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether a program is installed, which only makes a check stricter. */
  static boolean onPath(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  /** The text of a file, or null if it has none. */
  static @Nullable String text(Path file) {
    try {
      return Files.readString(file);
    } catch (CharacterCodingException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
