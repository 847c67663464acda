package dev.serai.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is known of a service that can't be used, and of an account that there is not? */
class IntegrationsTest {

  private static GoogleSettings settings(String project, String credentials, String endpoint) {
    return new GoogleSettings(
        project,
        credentials,
        endpoint,
        "",
        "",
        "",
        "",
        Duration.ofSeconds(20),
        Duration.ofMinutes(1));
  }

  @Test
  void oneThatFailsIsTheOnlyOneAndIsWellAgainLater() throws Exception {
    AtomicReference<@Nullable String> problem =
        new AtomicReference<>("Bucket 'evidence' is not there");
    Integration failing =
        new Integration() {
          @Override
          public String name() {
            return "storage";
          }

          @Override
          public void check() {
            String now = problem.get();
            if (now != null) {
              throw new IllegalStateException(now);
            }
          }
        };
    Integration well =
        new Integration() {
          @Override
          public String name() {
            return "tasks";
          }

          @Override
          public void check() {}
        };
    try (Integrations integrations =
        new Integrations(List.of(failing, well), Duration.ofMinutes(1), Clock.systemUTC())) {
      integrations.check();
      assertThat(integrations.states().get("storage"))
          .extracting(Integrations.State::problem)
          .isEqualTo(problem.get());
      assertThat(integrations.states().get("tasks"))
          .extracting(Integrations.State::problem)
          .isNull();
      problem.set(null);
      integrations.check();
      assertThat(integrations.states().get("storage"))
          .extracting(Integrations.State::problem)
          .isNull();
    }
  }

  @Test
  void aFileWithoutCredentialsIsNamedAndNothingOfItIsTold(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("key.json"), "a private key");
    GoogleAccount account = new GoogleAccount(settings("", file.toString(), ""));
    assertThatThrownBy(() -> account.credentials(""))
        .hasMessageContaining("SERAI_GOOGLE_CREDENTIALS")
        .hasMessageContaining(file.toString())
        .hasMessageNotContaining("private key");
    GoogleAccount missing = new GoogleAccount(settings("", folder.resolve("no").toString(), ""));
    assertThatThrownBy(() -> missing.credentials("")).hasMessageContaining("can't be read");
  }

  @ParameterizedTest
  @CsvSource({
    "Acme, '', serai.google.project is 'Acme'",
    "acme-1, localhost:8085, serai.google.storage-endpoint is 'localhost:8085'",
    "acme-1, http://localhost/storage, serai.google.storage-endpoint is"
  })
  void aSettingWithoutSenseIsRefusedByItsName(String project, String endpoint, String said) {
    assertThatThrownBy(() -> settings(project, "", endpoint)).hasMessageContaining(said);
  }

  @Test
  void whoeverSpeaksPlainHttpIsShownNothing() {
    GoogleAccount account = new GoogleAccount(settings("acme-1x", "", "http://localhost:1"));
    assertThat(account.credentials("http://localhost:1"))
        .isSameAs(com.google.cloud.NoCredentials.getInstance());
    assertThat(account.project()).isEqualTo("acme-1x");
  }
}
