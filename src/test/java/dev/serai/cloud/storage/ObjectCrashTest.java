package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/**
 * What is there of objects after their hub was killed while it stored them? Three rounds; more by
 * {@code -Dserai.rounds=}.
 */
class ObjectCrashTest {

  private static final int ROUNDS = Integer.getInteger("serai.rounds", 3);
  private static final String GONE = "gone";

  @Test
  void whatWasStoredIsThereWholeAndNothingElse(@TempDir Path folder) throws Exception {
    Random random = new Random();
    for (int round = 0; round < ROUNDS; round++) {
      FileSystemUtils.deleteRecursively(folder.resolve("exports"));
      Map<String, String> certain = killed(folder, 20 + random.nextInt(60));
      LocalObjects objects = PuttingProgram.objects(folder);
      objects.open();
      int there = 0;
      for (int name = 0; name < PuttingProgram.NAMES; name++) {
        Optional<String> content = content(objects, PuttingProgram.name(name));
        there += content.isPresent() ? 1 : 0;
        // The change that was under way may have been made, and was not acknowledged.
        List<String> may = List.of(certain.getOrDefault("" + name, GONE), certain.get("next"));
        assertThat(may).contains(content.orElse(GONE));
      }
      assertThat(bytesFiles(folder.resolve("exports/folder"))).isEqualTo(there);
      assertThat(folder.resolve("exports/~new")).isDirectoryNotContaining("glob:**.name*");
    }
  }

  /** What the program had said before it was killed, and what it was about to do. */
  private static Map<String, String> killed(Path folder, int lines) throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                PuttingProgram.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Map<String, String> said = new HashMap<>();
    int count = 0;
    try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null) {
        count++;
        said.put(line.substring(0, 1), line.substring(2));
        if (count == lines) {
          // The process's own method would close what it has said, too.
          program.toHandle().destroyForcibly();
        }
        line = out.readLine();
      }
    } finally {
      program.destroyForcibly().onExit().join();
    }
    said.put("next", (count + 1) % 7 == 0 ? GONE : Integer.toString((count + 1) % 100));
    return said;
  }

  private static Optional<String> content(LocalObjects objects, String name) throws IOException {
    try (var in = objects.read("exports", name).in()) {
      byte[] bytes = in.readAllBytes();
      assertThat(bytes).containsOnly(bytes[0]).hasSize(PuttingProgram.SIZE + bytes[0]);
      return Optional.of(Integer.toString(bytes[0]));
    } catch (ObjectException.ObjectMissingException e) {
      return Optional.empty();
    }
  }

  private static long bytesFiles(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> !file.toString().endsWith("~.json")).count();
    }
  }
}
