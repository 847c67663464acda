package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.embedded.TestServers;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What does an operator read when the hub can't start? */
@Execution(ExecutionMode.CONCURRENT)
class StartFailureIT {

  private static final String STACK_FRAME = "\tat ";

  private static @Nullable TestServers servers;

  private final String name;

  StartFailureIT(TestInfo test) {
    name = test.getTestMethod().orElseThrow().getName();
  }

  @BeforeAll
  static void start() throws IOException {
    servers = TestServers.start();
  }

  @AfterAll
  static void stop() throws IOException {
    servers().close();
  }

  private static TestServers servers() {
    return Objects.requireNonNull(servers);
  }

  @Test
  void anotherHubHoldsTheDataDirectory() throws Exception {
    String data = servers().folder().toString();
    assertThat(failure(Map.of("SERAI_DATA_DIR", data))).contains("SERAI_DATA_DIR", data);
  }

  @Test
  void thePasswordOfTheDatabaseIsWrong() throws Exception {
    assertThat(failure(database(url().replace("://", "://serai:wrong@"))))
        .contains("SERAI_DATABASE_URL", "password")
        .doesNotContain("serai:wrong");
  }

  @Test
  void nothingListensWhereTheDatabaseShouldBe() throws Exception {
    assertThat(failure(database("postgresql://serai:secret@127.0.0.1:1/serai")))
        .contains("SERAI_DATABASE_URL", "127.0.0.1")
        .doesNotContain("secret");
  }

  @Test
  void theDatabasesUrlIsNone() throws Exception {
    assertThat(failure(database("mysql://serai:secret@127.0.0.1/serai")))
        .contains("SERAI_DATABASE_URL", "postgresql://")
        .doesNotContain("secret");
  }

  @Test
  void theEnvironmentIsUnknown() throws Exception {
    assertThat(failure(Map.of("SERAI_ENV", "production")))
        .contains("SERAI_ENV", "production", "dev, staging, prod");
  }

  @Test
  void thePortIsTaken() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
      String port = Integer.toString(taken.getLocalPort());
      assertThat(failure(onServersOfAnother("PORT", port))).contains("PORT", port);
    }
  }

  @Test
  void theRoutesAreMissing() throws Exception {
    assertThat(failure(onServersOfAnother("SERAI_ROUTES_DIR", "/nowhere/routes")))
        .contains("SERAI_ROUTES_DIR", "/nowhere/routes");
  }

  @Test
  void aKeyOfTheApiHasAnUnknownRole() throws Exception {
    String keys = "ci:chief:sk_0123456789abcdef";
    assertThat(failure(onServersOfAnother("SERAI_API_KEYS", keys)))
        .contains("SERAI_API_KEYS", "entry 1", "viewer, operator and admin")
        .doesNotContain("chief", "sk_0123456789abcdef");
  }

  @Test
  void aKeyOfSensitiveBodiesIsNone() throws Exception {
    assertThat(failure(onServersOfAnother("SERAI_ENCRYPTION_KEYS", "2026:dG9vIHNob3J0")))
        .contains("SERAI_ENCRYPTION_KEYS", "key 1 of 1", "base64 of 32 bytes")
        .doesNotContain("dG9vIHNob3J0");
  }

  @Test
  void aSettingIsNoSize() throws Exception {
    assertThat(failure(onServersOfAnother("SERAI_WEBHOOKS_MAX_BODY", "much")))
        .containsIgnoringCase("max-body")
        .contains("much");
  }

  private static String url() throws IOException {
    return servers().settings().get("serai.database.url").replace("jdbc:", "");
  }

  private static Map<String, String> database(String url) {
    // Patience is for databases that come up; here none does.
    return Map.of(
        "SERAI_DATABASE_URL",
        url,
        "SERAI_REDIS_URL",
        "redis://127.0.0.1:1",
        "SPRING_FLYWAY_CONNECT_RETRIES",
        "1");
  }

  private static Map<String, String> onServersOfAnother(String name, String value)
      throws IOException {
    Map<String, String> settings = new HashMap<>(database(url()));
    settings.put("SERAI_DATABASE_USER", servers().settings().get("serai.database.user"));
    settings.put("SERAI_DATABASE_PASSWORD", servers().settings().get("serai.database.password"));
    settings.put(name, value);
    return settings;
  }

  /** What a hub that ends by itself says: the lines that tell of errors. */
  private String failure(Map<String, String> settings) throws Exception {
    try (HubProcess hub = new HubProcess(name, settings)) {
      int status = hub.launch().awaitExit(Duration.ofSeconds(60));
      assertThat(status).as(hub::tail).isNotZero();
      List<String> lines = hub.output().lines().toList();
      List<String> errors =
          lines.stream()
              .filter(line -> !line.contains(" INFO ") && !line.contains(" WARN "))
              .toList();
      System.out.printf(
          "%s, status %s:%n%s%n",
          name, status, String.join("\n", errors.subList(0, Math.min(12, errors.size()))));
      assertThat(lines).as("a stack trace").noneMatch(line -> line.startsWith(STACK_FRAME));
      return String.join("\n", errors);
    }
  }
}
