package dev.serai.trace;

import dev.serai.telemetry.ExportHeaders;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TracingSettings.class)
class TracingConfiguration {

  @Bean
  GivenIds givenIds() {
    return new GivenIds();
  }

  @Bean
  @ConditionalOnExpression("!'${serai.tracing.endpoint:}'.isBlank()")
  SpanExport spanExport(
      TracingSettings settings,
      GivenIds ids,
      ObjectProvider<ExportHeaders> headers,
      ObjectProvider<BuildProperties> build,
      MeterRegistry registry,
      Clock clock) {
    String version =
        build.stream().map(BuildProperties::getVersion).findFirst().orElse("development");
    return new SpanExport(
        settings, headers.orderedStream().toList(), version, ids, registry, clock);
  }

  @Bean
  Tracing tracing(
      TracingSettings settings, GivenIds ids, ObjectProvider<SpanExport> export, Clock clock) {
    return new Tracing(
        export.stream().map(SpanExport::tracer).findFirst().orElse(null),
        ids,
        settings.sampling(),
        settings.trusted(),
        clock);
  }

  /** Camel asks it for each step of each route. */
  @Bean
  KameletHops kameletHops(Tracing tracing) {
    return new KameletHops(tracing);
  }
}
