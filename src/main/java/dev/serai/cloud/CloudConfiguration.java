package dev.serai.cloud;

import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SinkSettings.class)
class CloudConfiguration {

  @Bean
  Sinks sinks(Environment environment) {
    return new Sinks(environment);
  }

  @Bean
  Guard sinkGuard(SinkSettings settings) {
    return new Guard(settings, SystemDefaultDnsResolver.INSTANCE);
  }

  /** The Kamelet http-post names it. */
  @Bean
  SinkClient sinkClient(SinkSettings settings, Guard guard) {
    return new SinkClient(settings, guard);
  }
}
