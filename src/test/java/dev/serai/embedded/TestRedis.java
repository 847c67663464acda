package dev.serai.embedded;

import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** A Redis of a test's own that keeps nothing on the disk: stopped, it has forgotten all. */
public final class TestRedis implements AutoCloseable {

  private final List<String> command;
  private final Path folder;
  private final int port;
  private Process process;

  private TestRedis(List<String> options) throws IOException {
    folder = Files.createDirectories(TestServers.DATA.resolve("redis-" + UUID.randomUUID()));
    try (var free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    Path server = Archive.redis(TestServers.BINARIES).resolve("redis-server");
    command =
        new ArrayList<>(
            List.of(
                server.toString(),
                "--save",
                "",
                "--bind",
                "127.0.0.1",
                options.contains("--tls-cert-file") ? "--tls-port" : "--port",
                Integer.toString(port)));
    if (options.contains("--tls-cert-file")) {
      command.addAll(List.of("--port", "0"));
    }
    command.addAll(options);
    process = launch();
  }

  /**
   * Starts it.
   *
   * @param options of redis-server; with {@code --tls-cert-file} it speaks TLS only
   */
  public static TestRedis start(String... options) throws IOException {
    return new TestRedis(List.of(options));
  }

  private Process launch() throws IOException {
    Process started =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("redis.log").toFile())
            .start();
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              try (var socket = new Socket("127.0.0.1", port)) {
                return socket.isConnected();
              } catch (IOException notYet) {
                return false;
              }
            });
    return started;
  }

  public int port() {
    return port;
  }

  public String url() {
    return "redis://127.0.0.1:" + port;
  }

  /** What {@code kill -9} does. */
  public void kill() {
    process.destroyForcibly();
    await().until(() -> !process.isAlive());
  }

  /** After {@link #kill}; it begins empty. */
  public void startAgain() {
    try {
      process = launch();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks it over a connection of its own. */
  public <T> T ask(Function<StatefulRedisConnection<String, String>, T> question) {
    RedisClient client = RedisClient.create(url());
    try (client;
        var connection = client.connect()) {
      return question.apply(connection);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
