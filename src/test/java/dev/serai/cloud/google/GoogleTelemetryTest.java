package dev.serai.cloud.google;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;

/** What does Google see of the hub, and to whom does the hub show who it is? */
class GoogleTelemetryTest {

  @Test
  void metricsArriveByOtlp() {
    List<ExportMetricsServiceRequest> taken = new CopyOnWriteArrayList<>();
    List<String> shown = new CopyOnWriteArrayList<>();
    GoogleHub.http()
        .serve(
            "/v1/metrics",
            exchange -> {
              boolean zipped =
                  "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
              byte[] body =
                  zipped
                      ? new GZIPInputStream(exchange.getRequestBody()).readAllBytes()
                      : exchange.getRequestBody().readAllBytes();
              shown.add(String.valueOf(exchange.getRequestHeaders().getFirst("X-Test")));
              taken.add(ExportMetricsServiceRequest.parseFrom(body));
              HttpFake.answer(exchange, 200, "");
            });
    TestHub hub = GoogleHub.shared();
    assertThat(hub.setting("serai.metrics.endpoint")).isNotBlank();
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(taken)
                    .flatExtracting(ExportMetricsServiceRequest::getResourceMetricsList)
                    .flatExtracting(GoogleTelemetryTest::names)
                    .anyMatch(name -> name.startsWith("serai."))
                    .contains("process.uptime"));
    assertThat(shown).containsOnly("metrics");
    ResourceMetrics first = taken.getFirst().getResourceMetrics(0);
    assertThat(
            first.getResource().getAttributesList().stream()
                .collect(
                    Collectors.toMap(KeyValue::getKey, pair -> pair.getValue().getStringValue())))
        .containsEntry("service.name", "serai")
        .containsKeys("service.version", "service.instance.id");
  }

  @Test
  void whoHasNoReceiverPostsThemNowhere() {
    assertThatThrownBy(() -> TestHub.shared().bean(OtlpMeterRegistry.class))
        .isInstanceOf(NoSuchBeanDefinitionException.class);
  }

  private static List<String> names(ResourceMetrics metrics) {
    return metrics.getScopeMetricsList().stream()
        .flatMap(scope -> scope.getMetricsList().stream())
        .map(Metric::getName)
        .toList();
  }

  @Test
  void googleIsShownATokenAndNobodyElse(@TempDir Path folder) throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (HttpFake tokens = new HttpFake()) {
      tokens.serve(
          "/token",
          exchange ->
              HttpFake.answer(
                  exchange,
                  200,
                  """
                  {"access_token":"ya29.of-a-test-%s","token_type":"Bearer","expires_in":3600}
                  """
                      .formatted(asked.incrementAndGet())));
      Path key = AccountKey.of(tokens.url() + "/token").write(folder);
      GoogleExportHeaders headers =
          new GoogleExportHeaders(
              new GoogleAccount(
                  new GoogleSettings(
                      "",
                      key.toString(),
                      "",
                      "",
                      "",
                      "",
                      "",
                      Duration.ofSeconds(20),
                      Duration.ofMinutes(1))));
      assertThat(headers.of(URI.create("http://telemetry.googleapis.com/v1/traces"))).isEmpty();
      assertThat(headers.of(URI.create("https://collector.example.com/v1/traces"))).isEmpty();
      assertThat(headers.of(URI.create("https://telemetry.googleapis.com.example.com/"))).isEmpty();
      assertThat(asked).hasValue(0);
      Map<String, String> shown =
          headers.of(URI.create("https://telemetry.googleapis.com/v1/traces"));
      assertThat(shown)
          .containsEntry("Authorization", "Bearer ya29.of-a-test-1")
          .containsEntry("x-goog-user-project", AccountKey.PROJECT);
      assertThat(headers.of(URI.create("https://telemetry.googleapis.com/v1/metrics")))
          .isEqualTo(shown);
      assertThat(asked).hasValue(1);
    }
  }
}
