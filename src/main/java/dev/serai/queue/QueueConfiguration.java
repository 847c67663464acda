package dev.serai.queue;

import dev.serai.event.Backoff;
import dev.serai.event.Deliveries;
import dev.serai.event.EventLog;
import dev.serai.event.SensitiveBodies;
import dev.serai.event.Subscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.security.SecureRandom;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Queues use the engine's connections to change, and those of the API's questions to look. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(QueueSettings.class)
class QueueConfiguration {

  @Bean
  QueueMetrics queueMetrics(MeterRegistry registry) {
    return new QueueMetrics(registry);
  }

  @Bean
  QueueSignals queueSignals() {
    return new QueueSignals();
  }

  @Bean
  KnownQueues knownQueues(
      Subscriptions subscriptions,
      @Qualifier("engineDataSource") DataSource engine,
      QueueSettings settings,
      Clock clock) {
    return new KnownQueues(subscriptions, JdbcClient.create(engine), settings, clock);
  }

  @Bean
  Leases queueLeases(
      @Qualifier("engineDataSource") DataSource engine, SensitiveBodies bodies, Clock clock) {
    return new Leases(JdbcClient.create(engine), bodies, clock);
  }

  @Bean
  LeaseEnds leaseEnds(Leases leases) {
    return new LeaseEnds(leases);
  }

  @Bean
  Queues queues(
      EventLog log,
      KnownQueues known,
      @Qualifier("engineDataSource") DataSource engine,
      QueueSettings settings,
      QueueMetrics metrics,
      QueueSignals signals,
      Clock clock) {
    return new Queues(log, known, JdbcClient.create(engine), settings, metrics, signals, clock);
  }

  @Bean
  Dequeue dequeue(
      KnownQueues known,
      Leases leases,
      QueueSignals signals,
      QueueMetrics metrics,
      QueueSettings settings,
      Clock clock) {
    return new Dequeue(known, leases, signals, metrics, settings, clock);
  }

  @Bean
  Jobs jobs(
      Deliveries deliveries,
      KnownQueues known,
      Leases leases,
      QueueSettings settings,
      QueueMetrics metrics,
      QueueSignals signals,
      Clock clock) {
    return new Jobs(
        deliveries,
        known,
        leases,
        settings,
        metrics,
        signals,
        new Backoff(new SecureRandom()),
        clock);
  }

  @Bean
  JobRecords jobRecords(@Qualifier("readDataSource") DataSource reads, Clock clock) {
    return new JobRecords(JdbcClient.create(reads), clock);
  }
}
