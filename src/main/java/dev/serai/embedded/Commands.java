package dev.serai.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a short-lived command to its end. */
final class Commands {

  private static final int TIMEOUT_SECONDS = 120;

  private Commands() {}

  /**
   * Runs a command and returns what it printed.
   *
   * @throws EmbeddedServerException with the command's output when it fails or takes over two
   *     minutes
   */
  static String run(List<String> command) throws IOException {
    Result result = execute(command);
    if (result.exit != 0) {
      throw new EmbeddedServerException(
          "%s ended with status %s: %s"
              .formatted(command.getFirst(), result.exit, result.output.strip()));
    }
    return result.output;
  }

  /** Whether a command can be started here and ends with status 0. */
  static boolean succeeds(List<String> command) {
    try {
      return execute(command).exit == 0;
    } catch (IOException notInstalled) {
      return false;
    }
  }

  static List<String> concat(List<String> prefix, String... rest) {
    List<String> command = new ArrayList<>(prefix);
    command.addAll(List.of(rest));
    return command;
  }

  private static Result execute(List<String> command) throws IOException {
    // A file and not a pipe takes the output: a daemon that the command leaves behind inherits it,
    // and reading a pipe to its end would then wait for that daemon.
    var output = java.nio.file.Files.createTempFile("serai", ".out");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new EmbeddedServerException(
            "%s did not end within %s s".formatted(command, TIMEOUT_SECONDS));
      }
      return new Result(
          process.exitValue(), java.nio.file.Files.readString(output, StandardCharsets.UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedServerException("interrupted while waiting for " + command.getFirst());
    } finally {
      java.nio.file.Files.deleteIfExists(output);
    }
  }

  private record Result(int exit, String output) {}
}
