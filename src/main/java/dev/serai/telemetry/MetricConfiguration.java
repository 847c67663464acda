package dev.serai.telemetry;

import io.micrometer.core.instrument.Clock;
import io.micrometer.registry.otlp.OtlpMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetricSettings.class)
class MetricConfiguration {

  /** Beside that of Prometheus; Spring Boot makes one of both. */
  @Bean
  @ConditionalOnExpression("!'${serai.metrics.endpoint:}'.isBlank()")
  OtlpMeterRegistry otlpMeterRegistry(
      MetricSettings settings,
      ObjectProvider<ExportHeaders> headers,
      ObjectProvider<BuildProperties> build) {
    String version =
        build.stream().map(BuildProperties::getVersion).findFirst().orElse("development");
    return new OtlpMeterRegistry(
        new MetricExport(settings, headers.orderedStream().toList(), version), Clock.SYSTEM);
  }
}
