package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Do people get backups made, listed, verified and restored by commands? */
class BackupCommandTest {

  private final TestHub hub = TestHub.edges();
  private final Cli cli = new Cli(hub);

  @TempDir Path nowhere;

  @Test
  void oneIsMadeListedVerifiedAndRestored() throws Exception {
    assertThat(cli.ask("backup", "create")).as(cli.err()).isZero();
    assertThat(cli.out()).contains(" rows of ", " older ones deleted");
    assertThat(cli.ask("backup", "list", "--json")).isZero();
    String name = cli.json().at("/backups/0/name").asText();
    Path parent = hub.data().resolve("objects").resolve("backups").resolve("database");
    Path folder = parent.resolve(name);
    assertThat(cli.run("backup", "list", "--folder", parent.toString())).as(cli.err()).isZero();
    assertThat(cli.out()).startsWith("KIND").contains(name);
    assertThat(cli.run("backup", "verify", "--folder", folder.toString())).isZero();
    assertThat(cli.out()).startsWith(name).contains(" tables, whole");

    String url = EmptyDatabase.beside(hub);
    String[] restore = {"backup", "restore", folder.toString(), "--database-url", url};
    assertThat(cli.run(restore)).as(cli.err()).isZero();
    assertThat(cli.out()).startsWith(name).contains(" tables, restored");
    assertThat(cli.run(restore)).isOne();
    assertThat(cli.err()).contains("is not empty", "serai has ").doesNotContain("password");
  }

  @Test
  void theHubsOwnDatabaseIsMadeAnew() throws Exception {
    assertThat(cli.ask("backup", "create")).as(cli.err()).isZero();
    Path parent = hub.data().resolve("objects").resolve("backups").resolve("database");
    Path folder;
    try (Stream<Path> backups = Files.list(parent)) {
      folder = backups.sorted().toList().getLast();
    }
    Path data = Path.of("target", "test-data", "restored-" + new Random().nextInt(1_000_000_000));
    String[] restore = {"backup", "restore", folder.toString(), "--data-dir", data.toString()};
    assertThat(cli.run(restore)).as(cli.err()).isZero();
    assertThat(cli.out()).contains(" tables, restored");
    assertThat(cli.run(restore)).as("it is kept").isOne();
    assertThat(cli.err()).contains("is not empty");
  }

  @Test
  void whatIsNoBackupIsOneLine() throws Exception {
    assertThat(cli.run("backup", "verify", "--folder", nowhere.toString())).isOne();
    assertThat(cli.err()).startsWith("serai: ").contains("is no backup").hasLineCount(1);
    Files.writeString(nowhere.resolve("manifest.json"), "{");
    assertThat(cli.run("backup", "restore", nowhere.toString())).isOne();
    assertThat(cli.err()).startsWith("serai: ").contains("manifest is damaged").hasLineCount(1);
    assertThat(cli.ask("backup", "verify", "2000-01-01T00-00-00Z")).isOne();
    assertThat(cli.err()).contains("is dead (UnusableBackupException)");
  }
}
