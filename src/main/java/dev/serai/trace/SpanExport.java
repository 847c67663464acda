package dev.serai.trace;

import dev.serai.telemetry.ExportHeaders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The way of spans out of the hub: a bounded queue, and posts of many that nobody waits for. */
final class SpanExport implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final SdkTracerProvider provider;
  private final SpanCounts counts = new SpanCounts();

  SpanExport(
      TracingSettings settings,
      List<ExportHeaders> headers,
      String version,
      GivenIds ids,
      MeterRegistry registry,
      Clock clock) {
    BatchSpanProcessor queue =
        BatchSpanProcessor.builder(
                new CountedExport(
                    exporter(settings, headers),
                    counter(registry, "exported"),
                    counter(registry, "failed")))
            .setMaxQueueSize(settings.queue())
            .setMaxExportBatchSize(Math.min(512, settings.queue()))
            .setScheduleDelay(settings.exportEvery())
            .setMeterProvider(SdkMeterProvider.builder().registerMetricReader(counts).build())
            .build();
    FunctionCounter.builder("serai.trace.spans", counts, SpanCounts::dropped)
        .description("Spans of sampled traces: posted, failed to be, or dropped by a full queue")
        .tag("outcome", "dropped")
        .register(registry);
    provider =
        SdkTracerProvider.builder()
            .setClock(new SpanClock(clock))
            .setIdGenerator(ids)
            .setSampler(Sampler.alwaysOn()) // only what is sampled gets here
            .setResource(
                Resource.create(
                    Attributes.of(
                        AttributeKey.stringKey("service.name"),
                        "serai",
                        AttributeKey.stringKey("service.version"),
                        version)))
            .addSpanProcessor(queue)
            .build();
  }

  Tracer tracer() {
    return provider.get("dev.serai");
  }

  private static Counter counter(MeterRegistry registry, String outcome) {
    return Counter.builder("serai.trace.spans")
        .description("Spans of sampled traces: posted, failed to be, or dropped by a full queue")
        .tag("outcome", outcome)
        .register(registry);
  }

  private static OtlpHttpSpanExporter exporter(
      TracingSettings settings, List<ExportHeaders> others) {
    Map<String, String> configured =
        ExportHeaders.parse("serai.tracing.headers", settings.headers());
    URI receiver = URI.create(settings.endpoint());
    return OtlpHttpSpanExporter.builder()
        .setEndpoint(settings.endpoint())
        .setConnectTimeout(PATIENCE)
        .setTimeout(PATIENCE)
        .setHeaders(
            () -> {
              Map<String, String> all = new LinkedHashMap<>(configured);
              others.forEach(headers -> all.putAll(headers.of(receiver)));
              return all;
            })
        .build();
  }

  /** What waits is posted, if the receiver is there. */
  @Override
  public void close() {
    provider.shutdown().join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }
}
