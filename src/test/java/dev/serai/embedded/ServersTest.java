package dev.serai.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** What becomes of the servers that a hub has started? */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock("ServersTest") // its tests take turns
class ServersTest {

  private static final Path FOLDER = TestServers.DATA.resolve("servers-" + UUID.randomUUID());
  private static final Duration AGAIN = Duration.ofSeconds(30);

  @AfterAll
  static void stopAll() throws IOException {
    postgres().stop();
    redis().stop();
  }

  @Test
  void whatAKilledHubLeftRunningIsTakenOverAndStoppedAtTheEnd() throws Exception {
    postgres().start();
    redis().start();
    long postgresPid = postgres().pid().orElseThrow();
    long redisPid = redis().pid().orElseThrow();
    PostgresServer postgres = postgres();
    RedisServer redis = redis();
    try (var first = Watch.over(postgres);
        var second = Watch.over(redis)) {
      assertThat(postgres.pid()).hasValue(postgresPid);
      assertThat(redis.pid()).hasValue(redisPid);
      assertThat(postgres.answers()).isTrue();
      assertThat(redis.answers()).isTrue();
      assertThat(first).isNotSameAs(second);
    }
    // A process that has ended is there until its parent has looked.
    await().until(() -> !Processes.alive(postgresPid));
    await().until(() -> !Processes.alive(redisPid));
  }

  @Test
  void aPostgreSqlThatDiesIsStartedAgainWithAllItHasCommitted() throws Exception {
    PostgresServer server = postgres();
    try (var watch = Watch.over(server)) {
      query(server, "create table t" + watch.hashCode() + " as select 42 as n");
      long pid = server.pid().orElseThrow();
      TestServers.kill(server);
      await()
          .atMost(AGAIN)
          .ignoreExceptions()
          .until(
              () ->
                  server.pid().isPresent()
                      && server.pid().getAsLong() != pid
                      && query(server, "select n from t" + watch.hashCode()) == 42);
    }
  }

  @Test
  void aRedisThatDiesIsStartedAgain() throws Exception {
    RedisServer server = redis();
    try (var watch = Watch.over(server)) {
      long pid = server.pid().orElseThrow();
      TestServers.kill(server);
      await().atMost(AGAIN).until(() -> server.pid().isPresent() && server.answers());
      assertThat(server.pid()).isNotEqualTo(java.util.OptionalLong.of(pid));
      assertThat(watch).isNotNull();
    }
  }

  /** The hub knows one address: a server that came back elsewhere would be lost to it. */
  @Test
  void aServerWhosePortIsTakenMeanwhileWaitsForIt() throws Exception {
    RedisServer server = redis();
    try (var watch = Watch.over(server)) {
      String url = server.url();
      try (var stranger = new ServerSocket()) {
        var address = new InetSocketAddress("127.0.0.1", URI.create(url).getPort());
        await()
            .atMost(AGAIN)
            .ignoreExceptions()
            .until(
                () -> {
                  TestServers.kill(server);
                  stranger.bind(address);
                  return true;
                });
        await().during(Duration.ofSeconds(1)).until(() -> server.pid().isEmpty());
      }
      await().atMost(AGAIN).until(() -> server.pid().isPresent() && server.answers());
      assertThat(server.url()).isEqualTo(url);
      assertThat(watch).isNotNull();
    }
  }

  @Test
  void theirDataAndAddressesAreKeptAcrossARestart() throws Exception {
    PostgresServer postgres = postgres();
    RedisServer redis = redis();
    String table = "kept_" + UUID.randomUUID().toString().replace("-", "");
    String postgresUrl = postgres.url();
    String redisUrl = redis.url();
    try (var first = Watch.over(postgres);
        var second = Watch.over(redis)) {
      query(postgres, "create table " + table + " as select 7 as n");
      set(redis, table, "seven");
      assertThat(first).isNotSameAs(second);
    }
    PostgresServer postgresAgain = postgres();
    RedisServer redisAgain = redis();
    try (var first = Watch.over(postgresAgain);
        var second = Watch.over(redisAgain)) {
      assertThat(query(postgresAgain, "select n from " + table)).isEqualTo(7);
      assertThat(get(redisAgain, table)).isEqualTo("seven");
      assertThat(postgresAgain.url()).isEqualTo(postgresUrl);
      assertThat(redisAgain.url()).isEqualTo(redisUrl);
      assertThat(first).isNotSameAs(second);
    }
  }

  private static PostgresServer postgres() throws IOException {
    return new PostgresServer(
        FOLDER.resolve("postgres"), TestServers.BINARIES, PostgresUser.detect());
  }

  private static RedisServer redis() throws IOException {
    return new RedisServer(FOLDER.resolve("redis"), TestServers.BINARIES);
  }

  private static int query(PostgresServer server, String sql) throws Exception {
    try (Connection connection =
            DriverManager.getConnection(server.url(), server.user(), server.password());
        Statement statement = connection.createStatement()) {
      if (!statement.execute(sql)) {
        return 0;
      }
      try (ResultSet row = statement.getResultSet()) {
        assertThat(row.next()).isTrue();
        return row.getInt(1);
      }
    }
  }

  private static void set(RedisServer server, String key, String value) throws IOException {
    try (var client = RedisClient.create(server.url());
        var connection = client.connect()) {
      connection.sync().set(key, value);
    }
  }

  private static String get(RedisServer server, String key) throws IOException {
    try (var client = RedisClient.create(server.url());
        var connection = client.connect()) {
      return connection.sync().get(key);
    }
  }
}
