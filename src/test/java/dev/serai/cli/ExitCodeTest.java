package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.serai.TestHub;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With which exit code does a command end? */
@Execution(ExecutionMode.CONCURRENT)
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
        "completion fish",
        "listen --forward nowhere",
        "trigger stripe invoice.paid --count many",
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
    assertThat(cli.err())
        .contains("401: This key is not one of the hub's. Give one", "SERAI_API_KEY")
        .hasLineCount(1);
    assertThat(cli.ask("health", "--api-key", "a-wrong-key-of-the-hub")).isEqualTo(1);
    assertThat(cli.err()).contains("401: ");
  }

  @ParameterizedTest
  @CsvSource({
    "403, , This key's role does not allow it",
    "429, 7, try again in 7 s",
    "429, , ask less often",
    "503, 1, Try again in a moment",
    "504, , Try again in a moment",
  })
  void everyRefusalSaysWhatToDo(int status, String retryAfter, String advice) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          if (retryAfter != null) {
            exchange.getResponseHeaders().set("Retry-After", retryAfter);
          }
          byte[] body = "{\"detail\":\"So it is\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      assertThat(cli.run("events", "list", "--url", url, "--api-key", "any")).isEqualTo(1);
      assertThat(cli.err()).startsWith("serai: " + status + ": So it is. ").contains(advice);
      assertThat(cli.err()).hasLineCount(1);
    } finally {
      server.stop(0);
    }
  }

  @Test
  void aHubThatCanNotBeReachedIsThree() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    for (String command :
        List.of("health", "events list", "listen", "load-test --secret=whsec_any")) {
      List<String> line = new ArrayList<>(List.of(command.split(" ")));
      line.addAll(List.of("--url", "http://127.0.0.1:" + free, "--api-key", TestHub.API_KEY));
      assertThat(cli.run(line.toArray(String[]::new))).as(command).isEqualTo(3);
      assertThat(cli.err())
          .contains("The hub at http://127.0.0.1:" + free + " can't be reached", "--url")
          .hasLineCount(1);
    }
  }

  @Test
  void aMissingKeyIsNamed() {
    assertThat(cli.run("health", "--url", hub.url(), "--data-dir", folder.toString())).isEqualTo(2);
    assertThat(cli.err()).contains("--api-key", "SERAI_API_KEY");
  }
}
