package dev.serai.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does a hub with serai.cloud=gcp do where there is neither an account nor Google? */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NoGoogleTest {

  private static final List<String> INTEGRATIONS =
      List.of("storage", "warehouse", "topics", "tasks", "secrets");

  private TestHub hub = TestHub.shared();

  @BeforeAll
  void start() {
    hub =
        TestHub.start(
            Map.of(
                "serai.cloud", "gcp",
                "serai.google.project", "acme-none-1",
                "serai.google.credentials", "/nowhere/key.json",
                "serai.google.timeout", "2s",
                "serai.google.check-every", "10s",
                "serai.tasks.location", "europe-west1"));
  }

  @AfterAll
  void stop() {
    hub.close();
  }

  @Test
  void itTakesWebhooksAndSaysOfEachIntegrationWhatItMisses() throws Exception {
    String event = StripeSender.event("evt_without_google", "of.a.test", "{}");
    assertThat(StripeSender.to(hub).post(event).statusCode()).isEqualTo(200);
    assertThat(Api.of(hub).open("GET", "/health/ready").status()).isEqualTo(200);
    await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(
            () -> {
              GoogleHub.check(hub);
              JsonNode google = Api.of(hub).get("/health/detailed").json().at("/components/google");
              assertThat(google.path("status").asText()).isEqualTo("DEGRADED");
              assertThat(INTEGRATIONS)
                  .allSatisfy(
                      name ->
                          assertThat(google.path("details").path(name).path("problem").asText())
                              .as(name)
                              .contains("SERAI_GOOGLE_CREDENTIALS", "/nowhere/key.json"));
            });
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "object-put, parameters: {bucket: evidence, name: of-a-test}; Bucket 'evidence'",
        "object-sign, parameters: {bucket: evidence, name: of-a-test}; Bucket 'evidence'",
        "warehouse-query, parameters: {sql: select 1}; Dataset 'analytics'",
        "topic-publish, parameters: {topic: payments}; topics/payments",
        "task-create, parameters: {url: 'https://example.com/'}; Queue 'default'",
        "secret-get, parameters: {name: partner-key}; partner-key",
      })
  void aStepThatNeedsItNamesWhatItWasAboutAndWhatIsMissing(String step, String about)
      throws Exception {
    String id = "without-google-" + UUID.randomUUID();
    String yaml =
        """
        - route:
            id: %1$s
            errorHandler: {noErrorHandler: {}}
            from:
              uri: direct:%1$s
              steps:
                - to: {id: %1$s-to, uri: 'kamelet:%2$s}
        """
            .formatted(id, step.replaceFirst(",", "',"));
    try (TestHub.Routes routes = hub.routes(yaml)) {
      assertThat(routes).isNotNull();
      Exception failure =
          hub.camel()
              .createProducerTemplate()
              .send("direct:" + id, exchange -> exchange.getMessage().setBody("{}"))
              .getException();
      assertThat(failure)
          .hasMessageContaining(about)
          .hasMessageContaining("SERAI_GOOGLE_CREDENTIALS")
          .hasMessageContaining("/nowhere/key.json");
    }
  }

  /** The program is whole: each Kamelet that a route names is there for this cloud, too. */
  @Test
  void everyRouteIsLoaded() throws Exception {
    JsonNode routes = Api.of(hub).get("/health/detailed").json().at("/components/routes");
    assertThat(routes.path("details")).as(routes.toString()).isEmpty();
    assertThat(routes.path("status").asText()).isEqualTo("UP");
  }
}
