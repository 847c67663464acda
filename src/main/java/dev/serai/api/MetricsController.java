package dev.serai.api;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Parts of the metrics, in Prometheus' text format as all of them at {@code /metrics}. */
@RestController
class MetricsController {

  /** What the hub runs on, and not what it does. */
  private static final Pattern SYSTEM =
      Pattern.compile(
          "(jvm|process|system|disk|hikaricp|jdbc|tomcat|executor|logback|application)_.*"
              + "|serai_(redis|database|cache)_.*");

  private final PrometheusMeterRegistry registry;
  private final AgentMetrics agents;
  private final PrometheusTextFormatWriter text =
      PrometheusTextFormatWriter.builder().setIncludeCreatedTimestamps(false).build();

  MetricsController(PrometheusMeterRegistry registry, AgentMetrics agents) {
    this.registry = registry;
    this.agents = agents;
  }

  /** The process, the Java virtual machine, pools, PostgreSQL, Redis, the disk of the data. */
  @GetMapping("/metrics/system")
  ResponseEntity<String> system() throws IOException {
    return text(registry.getPrometheusRegistry().scrape(name -> SYSTEM.matcher(name).matches()));
  }

  /** What agents did within the last 24 hours. */
  @GetMapping("/metrics/agents")
  ResponseEntity<String> agents() throws IOException {
    return text(agents.snapshots());
  }

  private ResponseEntity<String> text(MetricSnapshots snapshots) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    text.write(out, snapshots);
    return ResponseEntity.ok()
        .header("Content-Type", text.getContentType())
        .body(out.toString(StandardCharsets.UTF_8));
  }
}
