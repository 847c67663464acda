package dev.serai.webhook;

import dev.serai.event.EventIds;
import dev.serai.event.EventLog;
import dev.serai.event.KnownKeys;
import dev.serai.event.Rehearsal;
import dev.serai.trace.Tracing;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.embedded.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.web.embedded.tomcat.TomcatProtocolHandlerCustomizer;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({WebhookSettings.class, GoogleOidcSettings.class})
class WebhookConfiguration {

  @Bean
  SourceSecrets sourceSecrets(Environment environment) {
    return new SourceSecrets(environment);
  }

  @Bean
  Refusals refusals(@Qualifier("engineDataSource") DataSource engine, EventIds ids, Clock clock) {
    return new Refusals(engine, ids, clock);
  }

  @Bean
  @DependsOn("flywayInitializer")
  SecretHistory secretHistory(
      @Qualifier("engineDataSource") DataSource engine, SourceSecrets secrets, Clock clock) {
    return new SecretHistory(engine, secrets, clock);
  }

  @Bean
  KnownKeys knownKeys(@Qualifier("engineDataSource") DataSource engine) {
    return new KnownKeys(engine);
  }

  @Bean
  GoogleKeys googleKeys(GoogleOidcSettings settings, Clock clock) {
    return new GoogleKeys(new KeySource(settings.keys()), settings.unknownKey(), clock);
  }

  /** The Kamelet recover-events uses it, and routes that reconcile name it. */
  @Bean
  Recoveries recoveries(Door door, KnownKeys known, MeterRegistry registry) {
    return new Recoveries(door, known, registry);
  }

  @Bean
  WebhookMetrics webhookMetrics(MeterRegistry registry) {
    return new WebhookMetrics(registry);
  }

  @Bean
  SourceFactory sourceFactory(
      WebhookSettings settings,
      SourceSecrets secrets,
      WebhookMetrics metrics,
      KnownKeys known,
      GoogleKeys keys,
      Clock clock) {
    return new SourceFactory(settings, secrets, metrics, known, keys, clock);
  }

  @Bean
  Door door(
      WebhookSettings settings,
      SourceSecrets secrets,
      Refusals refusals,
      SecretHistory history,
      MeterRegistry registry,
      WebhookMetrics metrics,
      EventLog log,
      ClusterRate clusterRate,
      Tracing tracing,
      SourceFactory factory) {
    return new Door(
        settings,
        secrets,
        refusals,
        metrics,
        new SourceGauges(registry, history),
        history,
        log,
        clusterRate,
        tracing,
        factory);
  }

  /** The web server answers before the routes are loaded. */
  @Bean
  ApplicationListener<ApplicationReadyEvent> doorStart(Door door) {
    return ready -> door.started();
  }

  @Bean
  DoorServerFactory webServerFactory(
      Door door,
      ObjectProvider<TomcatConnectorCustomizer> connectors,
      ObjectProvider<TomcatProtocolHandlerCustomizer<?>> protocols) {
    DoorServerFactory factory = new DoorServerFactory(new DoorServlet(door));
    factory.getTomcatConnectorCustomizers().addAll(connectors.orderedStream().toList());
    factory.getTomcatProtocolHandlerCustomizers().addAll(protocols.orderedStream().toList());
    return factory;
  }

  /**
   * A request mostly waits: for its body, for the commit, for the client. Waiting virtual threads
   * cost less than others, and as many as there are connections may wait.
   */
  @Bean
  TomcatProtocolHandlerCustomizer<?> requestThreads() {
    return handler -> handler.setExecutor(new VirtualThreadExecutor("request-"));
  }

  @Bean
  WarmUp warmUp(
      WebhookSettings settings,
      Rehearsal rehearsal,
      SourceSecrets secrets,
      Door door,
      CamelContext camel,
      ServletWebServerApplicationContext context,
      Clock clock) {
    return new WarmUp(settings.warmUp(), rehearsal, secrets, door, camel, context, clock);
  }

  /** Camel finds a component under this name. */
  @Bean("inbound-component")
  InboundComponent inboundComponent(Door door) {
    return new InboundComponent(door);
  }
}
