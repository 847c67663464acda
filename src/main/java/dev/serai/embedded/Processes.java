package dev.serai.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What the servers of a data directory have in common: pid files, ports, passwords, logs. */
final class Processes {

  private static final int LOG_TAIL_LINES = 12;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Processes() {}

  /** The process named in the first line of a pid file, if it lives and runs that program. */
  static OptionalLong read(Path pidFile, String program) throws IOException {
    if (!Files.exists(pidFile)) {
      return OptionalLong.empty();
    }
    String line = Files.readString(pidFile).lines().findFirst().orElse("").strip();
    if (!line.matches("\\d{1,18}")) {
      return OptionalLong.empty();
    }
    long pid = Long.parseLong(line);
    // After a reboot the number may belong to a stranger.
    boolean ours =
        ProcessHandle.of(pid)
            .filter(handle -> alive(handle.pid()))
            .flatMap(handle -> handle.info().command())
            .filter(command -> command.endsWith("/" + program))
            .isPresent();
    return ours ? OptionalLong.of(pid) : OptionalLong.empty();
  }

  /** Whether a process runs; a zombie that nobody has reaped does not. */
  static boolean alive(long pid) {
    if (!ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false)) {
      return false;
    }
    Path stat = Path.of("/proc/" + pid + "/stat");
    try {
      String text = Files.exists(stat) ? Files.readString(stat) : ") R";
      return text.charAt(text.lastIndexOf(')') + 2) != 'Z';
    } catch (IOException goneMeanwhile) {
      return false;
    }
  }

  /** The port kept in a file; a free one is chosen and written where there is none. */
  static int port(Path file) throws IOException {
    if (Files.exists(file)) {
      return Integer.parseInt(Files.readString(file).strip());
    }
    int port = freePort();
    Files.writeString(file, Integer.toString(port));
    return port;
  }

  /** Like {@link #port}, but gives up the kept port when a stranger listens on it. */
  static int freePort(Path file) throws IOException {
    int port = port(file);
    try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    } catch (IOException takenByAnother) {
      Files.delete(file);
      return port(file);
    }
  }

  private static int freePort() throws IOException {
    try (var probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return probe.getLocalPort();
    }
  }

  /** The password kept in a file that only its owner reads; made where there is none. */
  static String password(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] bytes = new byte[24];
      RANDOM.nextBytes(bytes);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, HexFormat.of().formatHex(bytes));
    }
    return Files.readString(file).strip();
  }

  /** The last lines of a log, for the message of a server that did not start. */
  static String tail(Path log) {
    try (Stream<String> lines = Files.lines(log)) {
      String[] all = lines.toArray(String[]::new);
      int from = Math.max(0, all.length - LOG_TAIL_LINES);
      return String.join("\n", Arrays.copyOfRange(all, from, all.length));
    } catch (IOException unreadable) {
      return "(no log at " + log + ")";
    }
  }
}
