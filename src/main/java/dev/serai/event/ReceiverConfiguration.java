package dev.serai.event;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

/** What is known of those that deliveries go to: whether they are up, and what waits for them. */
@Configuration(proxyBeanMethods = false)
class ReceiverConfiguration {

  @Bean
  @DependsOn("flywayInitializer")
  Breakers breakers(
      @Qualifier("engineDataSource") DataSource engine, LogTransaction transaction, Clock clock) {
    return new Breakers(engine, transaction, clock);
  }

  @Bean
  LogTransaction logTransaction(@Qualifier("engineDataSource") DataSource engine, EventLog log) {
    return new LogTransaction(engine, log);
  }

  @Bean
  BacklogCounts backlogCounts(@Qualifier("readDataSource") DataSource reads) {
    return new BacklogCounts(reads);
  }
}
