package dev.serai.cloud.google;

import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "serai.cloud", havingValue = "gcp")
@EnableConfigurationProperties(GoogleSettings.class)
class GoogleConfiguration {

  @Bean
  GoogleAccount googleAccount(GoogleSettings settings) {
    return new GoogleAccount(settings);
  }

  @Bean
  GoogleChannels googleChannels(GoogleAccount account) {
    return new GoogleChannels(account);
  }

  /** For traces and metrics that are posted to Google itself. */
  @Bean
  GoogleExportHeaders googleExportHeaders(GoogleAccount account) {
    return new GoogleExportHeaders(account);
  }

  /** After all others of its kind, which may be none. */
  @Bean
  Integrations integrations(
      ObjectProvider<Integration> integrations, GoogleSettings settings, Clock clock) {
    return new Integrations(integrations.orderedStream().toList(), settings.checkEvery(), clock);
  }
}
