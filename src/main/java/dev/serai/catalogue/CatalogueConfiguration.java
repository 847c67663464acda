package dev.serai.catalogue;

import dev.serai.event.EventLog;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(CheckSettings.class)
class CatalogueConfiguration {

  @Bean
  SchemaFolder schemaFolder(@Value("${serai.routes.dir}") Path routes) {
    return new SchemaFolder(routes);
  }

  @Bean
  Catalogue catalogue(SchemaFolder folder) {
    Catalogue catalogue = new Catalogue();
    catalogue.update(folder.read());
    return catalogue;
  }

  @Bean
  CheckModes checkModes(CheckSettings settings) {
    return settings.modes();
  }

  @Bean
  Seen seenTypes() {
    return new Seen();
  }

  @Bean
  CatalogueCheck catalogueCheck(
      Catalogue catalogue,
      CheckModes modes,
      Seen seen,
      MeterRegistry registry,
      Clock clock,
      EventLog log) {
    CatalogueCheck check =
        new CatalogueCheck(catalogue, modes, new CheckMetrics(registry), seen, clock);
    log.checkBy(check);
    return check;
  }

  @Bean
  @ConditionalOnProperty("serai.dev")
  CatalogueWatch catalogueWatch(SchemaFolder folder, Catalogue catalogue) {
    return new CatalogueWatch(folder, catalogue);
  }
}
