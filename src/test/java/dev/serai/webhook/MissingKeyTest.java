package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens in production to what is sensitive, when there is no key to encrypt it with? */
class MissingKeyTest {

  private static final String NAMES_THE_PROPERTY =
      "There is no key to encrypt sensitive bodies with; set serai.encryption.keys"
          + " (SERAI_ENCRYPTION_KEYS) to <id>:<base64 of 32 bytes>";

  private static final String EMITTING =
      """
      - route:
          id: handler-emitting
          from:
            uri: event
            parameters: {types: nothing.happened}
            steps:
              - to: {id: emit, uri: event, parameters: {type: code.made, sensitive: true}}
      """;

  @TempDir private static Path folder;
  private static TestHub hub;

  @BeforeAll
  static void start() throws IOException {
    write("webhooks/stripe.camel.yaml", DoorHub.route("stripe", ""));
    write(
        "webhooks/codes.camel.yaml",
        DoorHub.route("codes", "")
            .replace("source: codes", "source: codes\n        sensitive: true"));
    write("handlers/emitting.camel.yaml", EMITTING);
    hub =
        TestHub.shared()
            .another(
                Map.of(
                    "serai.env",
                    "prod",
                    "SERAI_CODES_SECRETS",
                    "whsec_of_a_source_without_a_key",
                    "serai.routes.dir",
                    folder.toString(),
                    "logging.level.dev.serai.route",
                    "off",
                    "serai.webhooks.warm-up",
                    "0s"));
  }

  private static void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Test
  void itsRoutesAreNotLoadedAndHealthSaysWhy() throws Exception {
    JsonNode problems = Api.of(hub).get("/api/v1/routes").json().path("problems");

    assertThat(problems.findValuesAsText("file"))
        .containsExactlyInAnyOrder("handlers/emitting.camel.yaml", "webhooks/codes.camel.yaml");
    assertThat(problems.findValuesAsText("message"))
        .allSatisfy(message -> assertThat(message).contains(NAMES_THE_PROPERTY));
    assertThat(Api.of(hub).get("/health/detailed").text())
        .contains("DEGRADED", "webhooks/codes.camel.yaml", "SERAI_ENCRYPTION_KEYS");
    assertThat(hub.data().resolve("secrets")).doesNotExist();
  }

  @Test
  void allElseRuns() throws Exception {
    String body = StripeSender.event("evt_without_key", "a.b", "{\"id\":\"1\"}");

    assertThat(StripeSender.to(hub).post(body).statusCode()).isEqualTo(200);
    assertThat(Api.of(hub).open("POST", "/webhooks/codes").status()).isEqualTo(404);
  }
}
