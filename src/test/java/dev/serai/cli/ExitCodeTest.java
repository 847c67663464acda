package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With which exit code does a command end? */
class ExitCodeTest {

  private final TestHub hub = TestHub.shared();
  private final Cli cli = new Cli(hub);

  @TempDir private Path folder;

  @Test
  void aFileWithoutARequestIsWrongUsage() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken"), "{\"headers\":");
    Path list = Files.writeString(folder.resolve("list"), "[]");

    assertThat(cli.ask("verify", broken.toString())).isEqualTo(2);
    assertThat(cli.ask("verify", list.toString())).isEqualTo(2);
    assertThat(cli.ask("verify", folder.resolve("none").toString())).isEqualTo(1);
    assertThat(cli.err()).contains("There is no file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nonsense",
        "nonsense",
        "events list --limit many",
        "events show",
        "load-test --duration soon",
        "health --url nonsense",
        "health --url http://[::1",
      })
  void wrongUsageIsTwo(String line) {
    assertThat(cli.run(line.split(" "))).isEqualTo(2);
    assertThat(cli.err()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "events --help", "help verify", "load-test --help", "--version"})
  void helpIsZero(String line) {
    assertThat(cli.run(line.split(" "))).isZero();
    assertThat(cli.out()).isNotEmpty();
  }

  @Test
  void whatTheHubRefusesIsOneAndSaysWhy() throws Exception {
    assertThat(cli.ask("events", "show", "7")).isEqualTo(1);
    assertThat(cli.err()).contains("400: 'id' is '7'");
    assertThat(cli.ask("events", "list", "--api-key", "a-wrong-key-of-the-hub")).isEqualTo(1);
    assertThat(cli.err()).contains("401: This key is not one of the hub's");
  }

  @Test
  void aHubThatCanNotBeReachedIsThree() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    for (String command : List.of("health", "events list", "load-test --secret=whsec_any")) {
      List<String> line = new ArrayList<>(List.of(command.split(" ")));
      line.addAll(List.of("--url", "http://127.0.0.1:" + free, "--api-key", TestHub.API_KEY));
      assertThat(cli.run(line.toArray(String[]::new))).as(command).isEqualTo(3);
      assertThat(cli.err()).contains("can't be reached");
    }
  }

  @Test
  void aMissingKeyIsNamed() {
    assertThat(cli.run("health", "--url", hub.url(), "--data-dir", folder.toString())).isEqualTo(2);
    assertThat(cli.err()).contains("--api-key", "SERAI_API_KEY");
  }
}
