package dev.serai.cloud;

import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({
  SinkSettings.class,
  PhonePeSettings.class,
  StripeSettings.class,
  SupabaseSettings.class,
  MailSettings.class
})
class CloudConfiguration {

  private static final int LONGEST_STATUS = 256 * 1024;
  private static final int LONGEST_PAGE = 16 * 1024 * 1024;

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
  QuestionClient phonePeClient(PhonePeSettings settings) {
    return new QuestionClient(LONGEST_STATUS, settings.timeout());
  }

  /** The Kamelet supabase-rows names it. */
  @Bean
  QuestionClient supabaseClient(SupabaseSettings settings) {
    return new QuestionClient(LONGEST_PAGE, settings.timeout());
  }

  /** The sweep of Supabase's rows names it. */
  @Bean
  SupabaseApi supabaseApi(SupabaseSettings settings) {
    return new SupabaseApi(settings);
  }

  /** The Kamelet stripe-events uses it, and the route that reconciles Stripe's events names it. */
  @Bean
  StripeApi stripeApi(StripeSettings settings) {
    return new StripeApi(settings);
  }

  /** The route that confirms PhonePe's webhooks names it. */
  @Bean
  PhonePeToken phonePeToken(PhonePeSettings settings, CamelContext camel, Clock clock) {
    return new PhonePeToken(settings, camel, clock);
  }
}
