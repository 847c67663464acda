package dev.serai.cloud;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class GoogleTaskConfiguration {

  /** The route task-later names it, which is checked for every cloud. */
  @Bean
  GoogleTaskMessage googleTaskMessage() {
    return new GoogleTaskMessage();
  }
}
