package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
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
}
