package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleHub;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Does a hub start that can't use BigQuery, and say why it can't? */
class BigQueryStartTest {

  private static final Duration CHECKED = Duration.ofSeconds(40);

  @Test
  void withoutCredentialsTheHubStartsAndHealthNamesTheProperty() throws Exception {
    Map<String, String> settings = GoogleHub.settings();
    settings.put("serai.google.credentials", "/nowhere/key.json");
    try (TestHub hub = TestHub.start(settings)) {
      await()
          .atMost(CHECKED)
          .untilAsserted(
              () ->
                  assertThat(Api.of(hub).get("/health/detailed").toString())
                      .contains("Dataset 'analytics' can't be used (serai.warehouse.dataset)")
                      .contains("SERAI_GOOGLE_CREDENTIALS"));
    }
  }
}
