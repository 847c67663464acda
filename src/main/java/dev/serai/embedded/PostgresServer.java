package dev.serai.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/**
 * PostgreSQL 17 in a folder of its own.
 *
 * <p>Everything that decides over durability is PostgreSQL's default or stricter: fsync and
 * synchronous commit are on, pages have checksums.
 */
final class PostgresServer implements Server {

  private static final String USER = "serai";
  private static final String DATABASE = "serai";

  private final Path folder;
  private final Path data;
  private final Path log;
  private final Path bin;
  private final PostgresUser user;
  private final String password;

  PostgresServer(Path folder, Path binaries, PostgresUser user) throws IOException {
    this.folder = Files.createDirectories(folder);
    this.data = folder.resolve("data");
    this.log = folder.resolve("postgres.log");
    this.bin = Archive.postgres(binaries).resolve("bin");
    this.user = user;
    this.password = Processes.password(folder.resolve("password"));
  }

  @Override
  public String name() {
    return "PostgreSQL";
  }

  String url() throws IOException {
    return url(DATABASE);
  }

  private String url(String database) throws IOException {
    return "jdbc:postgresql://127.0.0.1:%s/%s".formatted(port(), database);
  }

  private int port() throws IOException {
    return Processes.port(folder.resolve("port"));
  }

  String user() {
    return USER;
  }

  String password() {
    return password;
  }

  @Override
  public OptionalLong pid() throws IOException {
    return Processes.read(data.resolve("postmaster.pid"), "postgres");
  }

  @Override
  public void leaveTakenPort() throws IOException {
    Processes.leaveTakenPort(folder.resolve("port"));
  }

  @Override
  public void start() throws IOException {
    initialise();
    user.own(folder);
    int port = Processes.freePort(folder.resolve("port"));
    try {
      Commands.run(
          user.command(
              tool("pg_ctl"),
              "start",
              "-w",
              "-t",
              "60",
              "-D",
              data.toString(),
              "-l",
              log.toString(),
              "-o",
              settings(port)));
    } catch (EmbeddedServerException e) {
      throw new EmbeddedServerException(
          "PostgreSQL under %s did not start. The end of %s:%n%s"
              .formatted(folder, log, Processes.tail(log)),
          e);
    }
    createDatabase();
  }

  @Override
  public boolean answers() {
    try (Connection connection = connect("postgres")) {
      return connection.isValid(1);
    } catch (SQLException | IOException notYet) {
      return false;
    }
  }

  @Override
  public void stop() throws IOException {
    if (pid().isEmpty()) {
      return;
    }
    Commands.run(
        user.command(
            tool("pg_ctl"), "stop", "-w", "-t", "60", "-m", "fast", "-D", data.toString()));
  }

  private void initialise() throws IOException {
    Path version = data.resolve("PG_VERSION");
    if (Files.exists(version)) {
      String found = Files.readString(version).strip();
      if (!Archive.POSTGRES_VERSION.startsWith(found + ".")) {
        throw new EmbeddedServerException(
            "%s was written by PostgreSQL %s; this build carries %s. See docs/operations.md, upgrade."
                .formatted(data, found, Archive.POSTGRES_VERSION));
      }
      return;
    }
    // initdb works in a folder beside, so that a hub killed meanwhile leaves no half database.
    Path scratch = Files.createDirectories(folder.resolve("initdb"));
    org.springframework.util.FileSystemUtils.deleteRecursively(scratch);
    user.own(folder);
    Commands.run(
        user.command(
            tool("initdb"),
            "-D",
            scratch.toString(),
            "-U",
            USER,
            "--pwfile",
            folder.resolve("password").toString(),
            "--auth",
            "scram-sha-256",
            "--encoding",
            "UTF8",
            "--locale-provider",
            "builtin",
            "--builtin-locale",
            "C.UTF-8",
            "--locale",
            "C",
            "--data-checksums",
            "--no-instructions"));
    Files.move(scratch, data);
  }

  private String settings(int port) {
    return String.join(
        " ",
        "-p " + port,
        "-c listen_addresses=127.0.0.1",
        "-c unix_socket_directories=''",
        "-c shared_buffers=256MB",
        "-c max_wal_size=2GB",
        "-c checkpoint_timeout=15min",
        "-c jit=off",
        "-c log_min_messages=warning",
        "-c timezone=UTC");
  }

  private void createDatabase() throws IOException {
    try (Connection connection = connect("postgres");
        Statement statement = connection.createStatement()) {
      try (ResultSet found =
          statement.executeQuery("select 1 from pg_database where datname = '" + DATABASE + "'")) {
        if (found.next()) {
          return;
        }
      }
      statement.execute("create database " + DATABASE);
    } catch (SQLException e) {
      throw new EmbeddedServerException(
          "PostgreSQL under %s runs but can't be used: %s".formatted(folder, e.getMessage()), e);
    }
  }

  private Connection connect(String database) throws SQLException, IOException {
    return DriverManager.getConnection(url(database), USER, password);
  }

  private String tool(String name) {
    return bin.resolve(name).toString();
  }
}
