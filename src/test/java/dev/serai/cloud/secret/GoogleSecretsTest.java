package dev.serai.cloud.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleHub;
import io.grpc.Status;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Do secrets do what routes rely on when Secret Manager has them, also when it fails? */
class GoogleSecretsTest extends SecretContract {

  private static final SecretManagerFake FAKE = new SecretManagerFake();
  private static final String ACCESS = "AccessSecretVersion";
  private static TestHub hub;

  @BeforeAll
  static void start() {
    GoogleHub.grpc().serve(FAKE);
    Map<String, String> settings = new LinkedHashMap<>(GoogleHub.settings());
    settings.put("serai.google.timeout", "4s");
    hub = TestHub.start(settings);
  }

  @AfterEach
  void heal() {
    GoogleHub.grpc().heal();
    FAKE.spoiled.set(0);
  }

  @Override
  TestHub hub() {
    return hub;
  }

  @Override
  String add(String name, String value) {
    return FAKE.add(GoogleHub.PROJECT, name, value);
  }

  @Override
  String place(String name) {
    return "projects/%s/secrets/%s".formatted(GoogleHub.PROJECT, name);
  }

  @Test
  void whatPassesIsAskedAgain() throws Exception {
    String name = name();
    add(name, "value");
    for (Status status :
        new Status[] {Status.UNAVAILABLE, Status.RESOURCE_EXHAUSTED, Status.INTERNAL}) {
      GoogleHub.grpc().fail(1, ACCESS, status);
      assertThat(ask(name, "").getMessage().getBody()).isEqualTo("value");
    }
    GoogleHub.grpc().slow(1, ACCESS, Duration.ofSeconds(30));
    assertThat(ask(name, "").getMessage().getBody()).as("half of the time").isEqualTo("value");
  }

  @Test
  void anOldValueGoesOnWhileNobodyAnswersAndTheNewOneComesAfterwards() throws Exception {
    String name = name();
    add(name, "first");
    try (SecretRoute route = new SecretRoute(hub, "name: %s, refresh: 1ms".formatted(name))) {
      assertThat(route.ask().getMessage().getBody()).isEqualTo("first");
      add(name, "second");
      GoogleHub.grpc().fail(1_000, ACCESS, Status.UNAVAILABLE);
      Exchange asked = route.ask();
      assertThat(asked.getException()).isNull();
      assertThat(asked.getMessage().getBody()).isEqualTo("first");
      assertThat(route.ask().getMessage().getBody()).isEqualTo("first");
      GoogleHub.grpc().heal();
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(route.ask().getMessage().getBody()).isEqualTo("second"));
    }
  }

  @Test
  void withoutAnOldValueTheErrorNamesTheSecretAndTheProperty() throws Exception {
    String name = name();
    GoogleHub.grpc().fail(1_000, ACCESS, Status.UNAVAILABLE.withDescription("maintenance"));
    assertThat(ask(name, "").getException())
        .isInstanceOf(SecretException.class)
        .hasMessageContaining(place(name) + "/versions/latest")
        .hasMessageContaining("serai.google.project")
        .hasMessageContaining("maintenance");
  }

  @Test
  void whoMayNotIsToldWhichPermissionAndHealthNamesItUntilHeMay() throws Exception {
    String name = name();
    add(name, "not-to-be-told");
    try (SecretRoute route = new SecretRoute(hub, "name: %s, refresh: 0s".formatted(name))) {
      assertThat(route.ask().getMessage().getBody()).isEqualTo("not-to-be-told");
      FAKE.denied.add(place(name));
      Exchange asked = route.ask();
      assertThat(asked.getException())
          .isInstanceOf(SecretException.class)
          .hasMessageContaining(place(name))
          .hasMessageContaining("secretmanager.versions.access")
          .hasMessageContaining("serai.google.project");
      assertThat(asked.getException().toString()).doesNotContain("not-to-be-told");
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> assertThat(problem()).contains(place(name)));
      FAKE.denied.clear();
      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(() -> assertThat(problem()).isEqualTo("none"));
    }
  }

  private static String problem() throws Exception {
    GoogleHub.check(hub);
    JsonNode google = Api.of(hub).get("/health/detailed").json().at("/components/google/details");
    return google.at("/secrets/problem").asText();
  }

  @Test
  void bytesThatWereSpoiledOnTheirWayAreNoSecret() throws Exception {
    String name = name();
    add(name, "value");
    FAKE.spoiled.set(1);
    assertThat(ask(name, "").getException()).hasMessageContaining("CRC32C");
    assertThat(ask(name, "").getMessage().getBody()).isEqualTo("value");
  }

  /** Camel's component creates a secret unless it is told otherwise. */
  @Test
  void trapOfCamelsSecretManagerTheDefaultOperationIsCreate() throws Exception {
    ask(name(), "optional: true");
    assertThat(FAKE.created).hasValue(0);
    assertThat(GoogleHub.grpc().seen())
        .filteredOn(method -> method.contains("SecretManagerService"))
        .allMatch(method -> method.endsWith(ACCESS));
  }

  /** A placeholder of Camel's would ask Google's own address, whatever is configured. */
  @Test
  void trapOfCamelsPlaceholdersTheConfiguredAddressIsAsked() throws Exception {
    String name = name();
    add(name, "of the fake");
    int before = GoogleHub.grpc().seen().size();
    assertThat(ask(name, "").getMessage().getBody()).isEqualTo("of the fake");
    assertThat(GoogleHub.grpc().seen()).hasSizeGreaterThan(before);
  }
}
