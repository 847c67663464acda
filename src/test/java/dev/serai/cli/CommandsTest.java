package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does the command line print, and with which exit code does it end? */
class CommandsTest {

  private final TestHub hub = TestHub.shared();
  private final String mark = UUID.randomUUID().toString();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir private Path folder;

  @Test
  void anEventIsListedShownPrintedAndReplayed() throws Exception {
    String invoice =
        "{\"id\":\"in_%s\",\"currency\":\"eur\",\"amount_due\":5,\"amount_paid\":5}"
            .formatted(mark);
    String body = StripeSender.event("evt_" + mark, "invoice.paid", invoice);
    StripeSender.to(hub).post(body);

    assertThat(ask("events", "list", "--key", "evt_" + mark)).isZero();
    assertThat(out.toString()).contains("DELIVERIES", "stripe.invoice.paid", "in_" + mark);
    assertThat(ask("events", "list", "--key", "evt_" + mark, "--json")).isZero();
    String id = json().at("/events/0/id").asText();

    assertThat(ask("events", "show", id)).isZero();
    assertThat(json().path("key").asText()).isEqualTo("evt_" + mark);
    assertThat(standardOutput("events", "body", id)).isEqualTo(body);
    assertThat(ask("events", "replay", id)).isZero();
    assertThat(json().at("/deliveries/0/subscription").asText())
        .isEqualTo("handler-stripe-invoice-paid");
  }

  @Test
  void aListThatGoesOnNamesTheNextPage() throws Exception {
    for (int i = 0; i < 2; i++) {
      Api.of(hub)
          .post("/api/v1/events", "{\"type\":\"cli.page\",\"workspace\":\"%s\"}".formatted(mark));
    }
    assertThat(ask("events", "list", "--workspace", mark, "--limit", "1")).isZero();
    String cursor = out.toString().replaceAll("(?s).*More: --cursor (\\S+).*", "$1");
    assertThat(ask("events", "list", "--workspace", mark, "--cursor", cursor)).isZero();
    assertThat(out.toString().lines()).hasSize(2);
  }

  @Test
  void subscriptionsArePausedAndResumed() throws Exception {
    try (var routes =
        hub.routes(
            """
            - route:
                id: cli-%s
                from:
                  uri: event
                  parameters:
                    types: cli.never
                  steps:
                    - log:
                        message: never
            """
                .formatted(mark))) {
      assertThat(ask("subscriptions", "pause", "cli-" + mark, "--reason", "a test")).isZero();
      assertThat(json().path("state").asText()).isEqualTo("paused");
      assertThat(ask("subscriptions", "list")).isZero();
      assertThat(out.toString()).containsPattern("cli-" + mark + "\\s+paused");
      assertThat(ask("subscriptions", "resume", "cli-" + mark)).isZero();
      assertThat(json().path("state").asText()).isEqualTo("active");
    }
  }

  @Test
  void deadLettersAreListedAndTriedAgain() throws Exception {
    try (var routes =
        hub.routes(
            """
            - route:
                id: cli-%s
                from:
                  uri: event
                  parameters:
                    types: cli.dead.%s
                    retries: 0
                  steps:
                    - throwException:
                        exceptionType: java.lang.IllegalStateException
                        message: on purpose
            """
                .formatted(mark, mark))) {
      String id =
          Api.of(hub)
              .post("/api/v1/events", "{\"type\":\"cli.dead.%s\"}".formatted(mark))
              .json()
              .path("id")
              .asText();
      await()
          .untilAsserted(
              () -> {
                assertThat(ask("dead-letters", "list", "--subscription", "cli-" + mark)).isZero();
                assertThat(out.toString()).contains(id);
              });
      assertThat(ask("dead-letters", "retry", id, "cli-" + mark)).isZero();
      assertThat(json().path("state").asText()).isEqualTo("ready");
    }
  }

  @Test
  void healthIsPrintedPartByPart() throws Exception {
    assertThat(ask("health")).isZero();
    assertThat(out.toString()).startsWith("UP").contains("database", "redis", "sources");
  }

  @Test
  void aVerdictIsPrintedAndIsTheExitCode() throws Exception {
    for (JsonNode vector : new ObjectMapper().readTree(TestHub.bytes("vectors/stripe.json"))) {
      String name = vector.path("name").asText();
      if (List.of("age-1s", "header-uppercase-hex").contains(name)) {
        Path file = Files.writeString(folder.resolve(name), vector.toString());
        boolean accept = vector.path("expect").asText().equals("accept");
        assertThat(ask("verify", file.toString())).isEqualTo(accept ? 0 : 1);
        assertThat(out.toString()).startsWith(accept ? "accept" : "reject (signature_malformed)");
      }
    }
  }

  @Test
  void aFileWithoutARequestIsWrongUsage() throws Exception {
    Path broken = Files.writeString(folder.resolve("broken"), "{\"headers\":");
    Path list = Files.writeString(folder.resolve("list"), "[]");

    assertThat(ask("verify", broken.toString())).isEqualTo(2);
    assertThat(ask("verify", list.toString())).isEqualTo(2);
    assertThat(ask("verify", folder.resolve("none").toString())).isEqualTo(1);
    assertThat(err.toString()).contains("There is no file");
  }

  @Test
  void anExampleIsTriggeredOrTheTypesAreListed() throws Exception {
    assertThat(ask("trigger", "stripe", "payment_intent.succeeded", "--object", "cli")).isZero();
    assertThat(out.toString()).startsWith("accepted ");
    assertThat(ask("trigger", "stripe")).isZero();
    assertThat(out.toString()).contains("invoice.paid");
    assertThat(ask("trigger", "stripe", "nonsense")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no example of 'nonsense'");
  }

  @Test
  void aSmallLoadTestIsAcknowledgedWhole() throws Exception {
    assertThat(
            ask(
                "load-test",
                "--duration=1s",
                "--connections=2",
                "--rate=50",
                "--wait=0s",
                "--secret=" + TestHub.STRIPE_SECRET))
        .as(err.toString())
        .isZero();
    assertThat(out.toString()).containsPattern("acknowledged [1-9]\\d* in PT1S").contains("p99");
    assertThat(ask("load-test", "--duration=200ms", "--rate=20", "--wait=0s", "--secret=whsec_no"))
        .isEqualTo(1);
    assertThat(out.toString()).contains("refused with 401");
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
    assertThat(run(line.split(" "))).isEqualTo(2);
    assertThat(err.toString()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--help", "events --help", "help verify", "load-test --help", "--version"})
  void helpIsZero(String line) {
    assertThat(run(line.split(" "))).isZero();
    assertThat(out.toString()).isNotEmpty();
  }

  @Test
  void whatTheHubRefusesIsOneAndSaysWhy() throws Exception {
    assertThat(ask("events", "show", "7")).isEqualTo(1);
    assertThat(err.toString()).contains("400: 'id' is '7'");
    assertThat(ask("events", "list", "--api-key", "a-wrong-key-of-the-hub")).isEqualTo(1);
    assertThat(err.toString()).contains("401: This key is not one of the hub's");
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
      assertThat(run(line.toArray(String[]::new))).as(command).isEqualTo(3);
      assertThat(err.toString()).contains("can't be reached");
    }
  }

  @Test
  void aMissingKeyIsNamed() {
    assertThat(run("health", "--url", hub.url(), "--data-dir", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("--api-key", "SERAI_API_KEY");
  }

  /** Runs a command against the hub; an option that the arguments give is left to them. */
  private int ask(String... arguments) {
    List<String> line = new ArrayList<>(Arrays.asList(arguments));
    line.addAll(List.of("--url", hub.url()));
    if (!line.contains("--api-key")) {
      line.addAll(List.of("--api-key", TestHub.API_KEY));
    }
    return run(line.toArray(String[]::new));
  }

  private int run(String... line) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Commands.run(new PrintWriter(out, true), new PrintWriter(err, true), line);
  }

  /** What goes to the process's own output, byte for byte. */
  private String standardOutput(String... arguments) {
    PrintStream before = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(ask(arguments)).isZero();
    } finally {
      System.setOut(before);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  private JsonNode json() throws Exception {
    return new ObjectMapper().readTree(out.toString());
  }
}
