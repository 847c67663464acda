package dev.serai.cloud;

import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({SinkSettings.class, PhonePeSettings.class, MailSettings.class})
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

  /** The Kamelet email-send names it. */
  @Bean
  MailSender mailSender(MailSettings settings) {
    return new MailSender(settings);
  }

  /** The routes that notify name it. */
  @Bean
  Notices notices(MailSettings mail, Sinks sinks) {
    return new Notices(mail, sinks);
  }

  /** The Kamelet phonepe-status names it. */
  @Bean
  PhonePeClient phonePeClient(PhonePeSettings settings) {
    return new PhonePeClient(settings);
  }

  /** The route that confirms PhonePe's webhooks names it. */
  @Bean
  PhonePeToken phonePeToken(PhonePeSettings settings, CamelContext camel, Clock clock) {
    return new PhonePeToken(settings, camel, clock);
  }
}
