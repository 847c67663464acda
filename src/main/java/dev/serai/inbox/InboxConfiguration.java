package dev.serai.inbox;

import dev.serai.event.EventLog;
import dev.serai.event.LogTransaction;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BridgeSettings.class)
class InboxConfiguration {

  @Bean
  MessageLog messageLog(LogTransaction transaction, MeterRegistry metrics, Clock clock) {
    return new MessageLog(transaction, metrics, clock);
  }

  /** For the routes that bridge. */
  @Bean
  Bridge bridge(
      EventLog log,
      @Qualifier("engineDataSource") DataSource engine,
      BridgeSettings settings,
      Clock clock) {
    return new Bridge(log, engine, settings, clock);
  }
}
