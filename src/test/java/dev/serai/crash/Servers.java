package dev.serai.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** The processes of the embedded servers, as their pid files name them. */
final class Servers {

  private Servers() {}

  /** The process that a pid file names, while it runs. */
  static OptionalLong pid(Path file) {
    try {
      String line = Files.readString(file).lines().findFirst().orElse("").strip();
      return line.matches("\\d+") && ProcessHandle.of(Long.parseLong(line)).isPresent()
          ? OptionalLong.of(Long.parseLong(line))
          : OptionalLong.empty();
    } catch (IOException notThere) {
      return OptionalLong.empty();
    }
  }

  /** Kills a server and whatever it has started. */
  static void kill9(OptionalLong pid) {
    if (pid.isPresent()) {
      ProcessHandle.of(pid.getAsLong())
          .ifPresent(
              server -> {
                List<ProcessHandle> children = server.descendants().toList();
                server.destroyForcibly();
                children.forEach(ProcessHandle::destroyForcibly);
              });
    }
  }
}
