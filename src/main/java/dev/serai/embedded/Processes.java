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
  private static final int LEAST_PORT = 20_000;
  private static final int END_OF_PORTS = 32_768;
  private static final int PORT_TRIES = 100;
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

  /**
   * Like {@link #port}, for a server that is about to listen there.
   *
   * @throws EmbeddedServerException while a stranger has it
   */
  static int freePort(Path file) throws IOException {
    boolean chosen = !Files.exists(file);
    int port = port(file);
    for (int i = 0; chosen && i < PORT_TRIES && !isFree(port); i++) {
      // Another server that starts at this moment has chosen the same one.
      Files.delete(file);
      port = port(file);
    }
    if (!isFree(port)) {
      throw new EmbeddedServerException(
          "Port %s, which is known as the server's, is taken by another program".formatted(port));
    }
    return port;
  }

  /** Gives up the kept port if a stranger has it: before a first start, never while a hub runs. */
  static void leaveTakenPort(Path file) throws IOException {
    if (Files.exists(file) && !isFree(port(file))) {
      Files.delete(file);
    }
  }

  /**
   * Below the range that systems take the ports of outgoing connections from, so that none of these
   * can have it at the moment when a server that died comes back.
   */
  private static int freePort() throws IOException {
    for (int i = 0; i < PORT_TRIES; i++) {
      int port = RANDOM.nextInt(LEAST_PORT, END_OF_PORTS);
      if (isFree(port)) {
        return port;
      }
    }
    throw new EmbeddedServerException(
        "No free port found between %s and %s".formatted(LEAST_PORT, END_OF_PORTS));
  }

  private static boolean isFree(int port) {
    try (var probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return probe.isBound();
    } catch (IOException taken) {
      return false;
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
