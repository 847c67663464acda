package dev.serai.telemetry;

import io.micrometer.registry.otlp.OtlpConfig;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How metrics are posted by OTLP. */
final class MetricExport implements OtlpConfig {

  private final MetricSettings settings;
  private final Map<String, String> configured;
  private final List<ExportHeaders> others;
  private final String version;
  private final String instance = UUID.randomUUID().toString();

  MetricExport(MetricSettings settings, List<ExportHeaders> others, String version) {
    this.settings = settings;
    this.configured = ExportHeaders.parse("serai.metrics.headers", settings.headers());
    this.others = others;
    this.version = version;
  }

  /** All is said here. */
  @Override
  public @Nullable String get(String key) {
    return null;
  }

  @Override
  public String url() {
    return settings.endpoint();
  }

  @Override
  public Duration step() {
    return settings.every();
  }

  @Override
  public Map<String, String> headers() {
    Map<String, String> all = new LinkedHashMap<>(configured);
    others.forEach(headers -> all.putAll(headers.of(URI.create(settings.endpoint()))));
    return all;
  }

  /** Those of OTEL_RESOURCE_ATTRIBUTES come first, as the specification has it. */
  @Override
  public Map<String, String> resourceAttributes() {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("service.name", "serai");
    attributes.put("service.version", version);
    attributes.put("service.instance.id", instance);
    attributes.putAll(OtlpConfig.super.resourceAttributes());
    return attributes;
  }
}
