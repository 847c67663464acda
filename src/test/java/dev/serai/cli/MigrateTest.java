package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.TestHub;
import dev.serai.event.HalfRestoredDatabaseException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What does {@code migrate} do to a database? */
@Execution(ExecutionMode.CONCURRENT)
class MigrateTest {

  private final TestHub hub = TestHub.shared();
  private final Cli cli = new Cli(hub);

  @Test
  void itBringsItToThisVersionOnce() throws Exception {
    String url = EmptyDatabase.beside(hub);
    assertThat(cli.run("migrate", "--dry-run", "--database-url", url)).as(cli.err()).isZero();
    assertThat(cli.out()).contains("pending V1 engine", "is of version 0");
    assertThat(cli.run("migrate", "--dry-run", "--json", "--database-url", url)).isZero();
    int pending = cli.json().path("pending").size();
    assertThat(pending).as("a dry run changes nothing: %s", cli.out()).isGreaterThan(3);

    assertThat(cli.run("migrate", "--json", "--database-url", url)).isZero();
    assertThat(cli.json().path("applied")).hasSize(pending);
    assertThat(cli.json().path("before").asText()).isEqualTo("0");
    assertThat(cli.run("migrate", "--database-url", url)).isZero();
    assertThat(cli.out()).contains("nothing is pending");
  }

  @Test
  void aDatabaseThatCanNotBeUsedIsOneLineAndOne() {
    String wrong = EmptyDatabase.beside(hub).replaceFirst(":[^:@/]+@", ":wrong@");
    assertThat(cli.run("migrate", "--database-url", wrong)).isEqualTo(1);
    assertThat(cli.err()).startsWith("serai: ").hasLineCount(1).doesNotContain("wrong");
    assertThat(cli.run("migrate")).as("none is configured").isEqualTo(1);
    assertThat(cli.err()).startsWith("serai: ").hasLineCount(1);
  }

  @Test
  void aDatabaseThatIsBeingRestoredIsLeftAloneAlsoByAHubThatStarts() throws Exception {
    String url = EmptyDatabase.beside(hub);
    try (Connection connection = DriverManager.getConnection(jdbc(url));
        Statement statement = connection.createStatement()) {
      statement.execute("create schema serai_restore");
    }
    assertThat(cli.run("migrate", "--database-url", url)).isEqualTo(1);
    assertThat(cli.err())
        .startsWith("serai: A backup is being restored into the database 'empty_")
        .contains("serai_restore")
        .hasLineCount(1);
    assertThatThrownBy(() -> TestHub.start(Map.of("serai.database.url", url)))
        .hasRootCauseInstanceOf(HalfRestoredDatabaseException.class);
  }

  private static String jdbc(String url) {
    URI uri = URI.create(url);
    String[] account = uri.getUserInfo().split(":", 2);
    return "jdbc:postgresql://%s:%s%s?user=%s&password=%s"
        .formatted(uri.getHost(), uri.getPort(), uri.getPath(), account[0], account[1]);
  }
}
