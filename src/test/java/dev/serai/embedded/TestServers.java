package dev.serai.embedded;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;

/**
 * A PostgreSQL and a Redis that a test may kill and start again; nothing else watches them. The
 * data directory is held as a hub would.
 */
public final class TestServers implements AutoCloseable {

  static final Path DATA = Path.of("target", "test-data").toAbsolutePath();
  static final Path BINARIES = DATA.resolve("bin");

  private final Path folder;
  private final DataDirectory held;
  private final PostgresServer postgres;
  private final RedisServer redis;

  private TestServers(Path folder) throws IOException {
    this.folder = folder;
    held = DataDirectory.lock(folder);
    postgres = new PostgresServer(folder.resolve("postgres"), BINARIES, PostgresUser.detect());
    redis = new RedisServer(folder.resolve("redis"), BINARIES);
  }

  public static TestServers start() throws IOException {
    TestServers servers = new TestServers(DATA.resolve("servers-" + UUID.randomUUID()));
    servers.postgres.start();
    servers.redis.start();
    return servers;
  }

  /** The data directory. */
  public Path folder() {
    return folder;
  }

  /** Settings of a hub on these servers. */
  public Map<String, String> settings() throws IOException {
    return Map.of(
        "serai.database.url", postgres.url(),
        "serai.database.user", postgres.user(),
        "serai.database.password", postgres.password(),
        "serai.redis.url", redis.url());
  }

  public void killPostgres() throws IOException {
    kill(postgres);
  }

  public void startPostgres() {
    startAgain(postgres);
  }

  public void killRedis() throws IOException {
    kill(redis);
  }

  public void startRedis() {
    startAgain(redis);
  }

  /** What {@code kill -9} does. */
  static void kill(Server server) throws IOException {
    long pid = server.pid().orElseThrow();
    ProcessHandle.of(pid).orElseThrow().destroyForcibly();
    await().until(() -> !Processes.alive(pid));
  }

  /** A first try may fail while the children of a killed PostgreSQL still end. */
  private static void startAgain(Server server) {
    await()
        .atMost(Duration.ofSeconds(30))
        .ignoreExceptions()
        .until(
            () -> {
              server.start();
              return true;
            });
  }

  @Override
  public void close() throws IOException {
    postgres.stop();
    redis.stop();
    held.close();
  }
}
