package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does the command line print? */
class CommandsTest {

  private final TestHub hub = TestHub.shared();
  private final Cli cli = new Cli(hub);
  private final String mark = UUID.randomUUID().toString();

  @TempDir private Path folder;

  @Test
  void anEventIsListedShownPrintedAndReplayed() throws Exception {
    String invoice =
        "{\"id\":\"in_%s\",\"currency\":\"eur\",\"amount_due\":5,\"amount_paid\":5}"
            .formatted(mark);
    String body = StripeSender.event("evt_" + mark, "invoice.paid", invoice);
    StripeSender.to(hub).post(body);

    assertThat(cli.ask("events", "list", "--key", "evt_" + mark)).isZero();
    assertThat(cli.out()).contains("DELIVERIES", "stripe.invoice.paid", "in_" + mark);
    assertThat(cli.ask("events", "list", "--key", "evt_" + mark, "--json")).isZero();
    String id = cli.json().at("/events/0/id").asText();

    assertThat(cli.ask("events", "show", id, "--json")).isZero();
    assertThat(cli.json().path("key").asText()).isEqualTo("evt_" + mark);
    assertThat(cli.ask("events", "show", id)).isZero();
    assertThat(cli.out())
        .containsPattern("key +evt_" + mark)
        .contains("SUBSCRIPTION", "handler-stripe-invoice-paid");
    assertThat(cli.standardOutput("events", "body", id)).isEqualTo(body);
    assertThat(cli.ask("events", "replay", id)).isZero();
    assertThat(cli.out()).contains("handler-stripe-invoice-paid");
    assertThat(cli.ask("events", "replay", id, "--json")).isZero();
    assertThat(cli.json().at("/deliveries/0/subscription").asText())
        .isEqualTo("handler-stripe-invoice-paid");
  }

  @Test
  void aListThatGoesOnNamesTheNextPage() throws Exception {
    for (int i = 0; i < 2; i++) {
      Api.of(hub)
          .post("/api/v1/events", "{\"type\":\"cli.page\",\"workspace\":\"%s\"}".formatted(mark));
    }
    assertThat(cli.ask("events", "list", "--workspace", mark, "--limit", "1")).isZero();
    String cursor = cli.out().replaceAll("(?s).*More: --cursor (\\S+).*", "$1");
    assertThat(cli.ask("events", "list", "--workspace", mark, "--cursor", cursor)).isZero();
    assertThat(cli.out().lines()).hasSize(2);
    assertThat(cli.ask("events", "list", "--workspace", mark, "--all")).isZero();
    assertThat(cli.out().lines()).hasSize(3);
    assertThat(cli.ask("events", "list", "--workspace", mark, "--all", "--json")).isZero();
    assertThat(cli.json().path("events")).hasSize(2);
  }

  @Test
  void sourcesAreListedAndShown() {
    assertThat(cli.ask("sources", "list")).isZero();
    assertThat(cli.out()).containsPattern("stripe +/webhooks/stripe +stripe-v1 +open +1");
    assertThat(cli.ask("sources", "show", "stripe")).isZero();
    assertThat(cli.out())
        .containsPattern("scheme +stripe-v1")
        .containsPattern("FINGERPRINT +EXPIRES +FIRST SEEN +LAST USED\n[0-9a-f]{8} +- ")
        .doesNotContain(TestHub.STRIPE_SECRET);
    assertThat(cli.ask("sources", "show", "nobody")).isEqualTo(2);
    assertThat(cli.err()).contains("There is no source 'nobody'; there are [", "stripe");
  }

  @Test
  void coloursAreForTerminals() {
    assertThat(cli.ask("health")).isZero();
    assertThat(cli.out()).doesNotContain("\u001b");
    System.setProperty("picocli.ansi", "true");
    try {
      assertThat(cli.ask("health")).isZero();
      assertThat(cli.out()).contains("\u001b[32mUP");
    } finally {
      System.clearProperty("picocli.ansi");
    }
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
      assertThat(cli.ask("subscriptions", "pause", "cli-" + mark, "--reason", "a test")).isZero();
      assertThat(cli.json().path("state").asText()).isEqualTo("paused");
      assertThat(cli.ask("subscriptions", "list")).isZero();
      assertThat(cli.out()).containsPattern("cli-" + mark + "\\s+paused");
      assertThat(cli.ask("subscriptions", "resume", "cli-" + mark)).isZero();
      assertThat(cli.json().path("state").asText()).isEqualTo("active");
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
                assertThat(cli.ask("dead-letters", "list", "--subscription", "cli-" + mark))
                    .isZero();
                assertThat(cli.out()).contains(id);
              });
      assertThat(cli.ask("dead-letters", "retry", id, "cli-" + mark)).isZero();
      assertThat(cli.json().path("state").asText()).isEqualTo("ready");
    }
  }

  @Test
  void healthIsPrintedPartByPart() throws Exception {
    assertThat(cli.ask("health")).isZero();
    assertThat(cli.out()).startsWith("UP").contains("database", "redis", "sources");
  }

  @Test
  void aVerdictIsPrintedAndIsTheExitCode() throws Exception {
    for (JsonNode vector : new ObjectMapper().readTree(TestHub.bytes("vectors/stripe.json"))) {
      String name = vector.path("name").asText();
      if (List.of("age-1s", "header-uppercase-hex").contains(name)) {
        Path file = Files.writeString(folder.resolve(name), vector.toString());
        boolean accept = vector.path("expect").asText().equals("accept");
        assertThat(cli.ask("verify", file.toString())).isEqualTo(accept ? 0 : 1);
        assertThat(cli.out()).startsWith(accept ? "accept" : "reject (signature_malformed)");
      }
    }
  }
}
