package dev.serai.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** Redis 7 in a folder of its own, with an append-only file. */
final class RedisServer implements Server {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Path folder;
  private final Path binary;
  private final String password;

  RedisServer(Path folder, Path binaries) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.binary = Archive.redis(binaries).resolve("redis-server");
    this.password = Processes.password(folder.resolve("password"));
  }

  @Override
  public String name() {
    return "Redis";
  }

  String url() throws IOException {
    return "redis://:%s@127.0.0.1:%s".formatted(password, port());
  }

  private int port() throws IOException {
    return Processes.port(folder.resolve("port"));
  }

  @Override
  public OptionalLong pid() throws IOException {
    return Processes.read(pidFile(), "redis-server");
  }

  @Override
  public void leaveTakenPort() throws IOException {
    Processes.leaveTakenPort(folder.resolve("port"));
  }

  @Override
  public void start() throws IOException {
    int port = Processes.freePort(folder.resolve("port"));
    // A killed server leaves it; from here on it is the new process that writes it.
    Files.deleteIfExists(pidFile());
    Path settings = folder.resolve("redis.conf");
    Path log = folder.resolve("redis.log");
    Files.writeString(
        settings,
        """
        # Written by the hub at every start.
        bind 127.0.0.1
        port %s
        requirepass %s
        dir "%s"
        pidfile "%s"
        logfile "%s"
        daemonize yes
        appendonly yes
        maxmemory-policy noeviction
        save ""
        """
            .formatted(port, password, folder, pidFile(), log));
    Commands.run(List.of(binary.toString(), settings.toString()));
    Await.until(
        PATIENCE,
        () -> answers() || hasDied(),
        () ->
            "Redis under %s did not start within %s s. The end of %s:%n%s"
                .formatted(folder, PATIENCE.toSeconds(), log, Processes.tail(log)));
    if (hasDied()) {
      throw new EmbeddedServerException(
          "Redis under %s ended while it started. The end of %s:%n%s"
              .formatted(folder, log, Processes.tail(log)));
    }
  }

  /** Whether the process that was started has said who it is, and is gone. */
  private boolean hasDied() throws IOException {
    return Files.exists(pidFile()) && Files.size(pidFile()) > 0 && pid().isEmpty();
  }

  private Path pidFile() {
    return folder.resolve("redis.pid");
  }

  @Override
  public void stop() throws IOException {
    OptionalLong pid = pid();
    if (pid.isEmpty()) {
      return;
    }
    // Redis writes and syncs its append-only file on SIGTERM.
    ProcessHandle.of(pid.getAsLong()).ifPresent(ProcessHandle::destroy);
    Await.until(
        PATIENCE,
        () -> !Processes.alive(pid.getAsLong()),
        () -> "Redis process %s did not stop".formatted(pid.getAsLong()));
  }

  /** While it loads its file it says LOADING instead of PONG. */
  @Override
  public boolean answers() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      socket.setSoTimeout(1000);
      socket
          .getOutputStream()
          .write("AUTH %s\r\nPING\r\n".formatted(password).getBytes(StandardCharsets.US_ASCII));
      byte[] expected = "+OK\r\n+PONG\r\n".getBytes(StandardCharsets.US_ASCII);
      return java.util.Arrays.equals(expected, socket.getInputStream().readNBytes(expected.length));
    } catch (java.net.SocketException | java.net.SocketTimeoutException notYet) {
      return false;
    }
  }
}
