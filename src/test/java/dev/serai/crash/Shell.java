package dev.serai.crash;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** A bash that takes one command after the other, as a terminal does. */
final class Shell implements AutoCloseable {

  private final Process process;
  private final Writer in;
  private final BufferedReader out;

  Shell(Path folder, Map<String, String> environment) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("bash", "--norc").directory(folder.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    process = builder.start();
    in = process.outputWriter();
    out = process.inputReader();
  }

  /** Returns what the commands print, once they have ended. */
  String run(String commands) throws IOException {
    String end = "end-" + UUID.randomUUID();
    in.write(commands + "\necho\necho " + end + "\n");
    in.flush();
    StringBuilder printed = new StringBuilder();
    for (String line = out.readLine(); line != null && !line.equals(end); line = out.readLine()) {
      printed.append(line).append('\n');
    }
    return printed.toString().strip();
  }

  /** Ends the shell and what it left in the background. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroy();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
