package dev.serai.cloud;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "serai.cloud", havingValue = "gcp")
class GoogleTaskConfiguration {

  /** The route task-later names it. */
  @Bean
  GoogleTaskMessage googleTaskMessage() {
    return new GoogleTaskMessage();
  }
}
