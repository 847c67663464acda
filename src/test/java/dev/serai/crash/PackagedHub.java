package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * The jar as the image has it: unpacked, and with a cache of what the virtual machine learned in a
 * first run. That, and the first compiler alone, makes a start, of which there are many here, a
 * third as long.
 */
final class PackagedHub {

  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin", "java").toString();
  private static final List<String> OPTIONS =
      List.of("-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xlog:aot=off");

  private static final Path FOLDER = Path.of("target", "it", "app").toAbsolutePath();

  private static final class Trained {
    private static final List<String> COMMAND = train(unpack());
  }

  private PackagedHub() {}

  /** What starts the hub; its settings come from the environment. */
  static List<String> command() {
    return Trained.COMMAND;
  }

  /** Where the unpacked jar is. */
  static Path folder() {
    return Path.of(command().getLast()).getParent();
  }

  private static Path unpack() {
    FileSystemUtils.deleteRecursively(FOLDER.toFile());
    run(
        JAVA,
        "-Djarmode=tools",
        "-jar",
        System.getProperty("serai.jar"),
        "extract",
        "--destination",
        FOLDER.toString());
    return FOLDER.resolve("serai.jar");
  }

  private static List<String> train(Path jar) {
    Path cache = FOLDER.resolve("serai.aot");
    try (HubProcess hub = new HubProcess("training", Map.of())) {
      hub.launch(command("-XX:AOTCacheOutput=" + cache, jar)).ensureReady();
      hub.terminate();
      hub.awaitExit(HubProcess.START);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
    assertThat(cache).exists();
    return command("-XX:AOTCache=" + cache, jar);
  }

  private static List<String> command(String cache, Path jar) {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(OPTIONS);
    command.addAll(List.of(cache, "-jar", jar.toString()));
    return command;
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).inheritIO().start();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).isZero();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
