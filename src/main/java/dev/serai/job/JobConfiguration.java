package dev.serai.job;

import dev.serai.event.Deliveries;
import dev.serai.event.LogTransaction;
import dev.serai.event.Subscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs use the engine's connections to change, and those of the API's questions to look. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(JobSettings.class)
class JobConfiguration {

  @Bean
  JobRows jobRows(@Qualifier("engineDataSource") DataSource engine) {
    return new JobRows(JdbcClient.create(engine));
  }

  @Bean
  NewRuns newRuns(@Qualifier("engineDataSource") DataSource engine) {
    return new NewRuns(JdbcClient.create(engine));
  }

  @Bean
  Alerts jobAlerts(@Qualifier("engineDataSource") DataSource engine) {
    return new Alerts(JdbcClient.create(engine));
  }

  @Bean
  Watch jobWatch(
      JobRows rows,
      Alerts alerts,
      LogTransaction transaction,
      @Qualifier("readDataSource") DataSource reads,
      JobMetrics metrics,
      Clock clock) {
    return new Watch(
        new Suspects(JdbcClient.create(reads)), rows, alerts, transaction, metrics, clock);
  }

  @Bean
  RunNotes runNotes(@Qualifier("engineDataSource") DataSource engine, Clock clock) {
    return new RunNotes(JdbcClient.create(engine), clock);
  }

  @Bean
  JobMetrics jobMetrics(MeterRegistry registry) {
    return new JobMetrics(registry);
  }

  @Bean
  PingTable pingTable(@Qualifier("engineDataSource") DataSource engine) {
    return new PingTable(JdbcClient.create(engine));
  }

  @Bean
  Pings jobPings(JobSettings settings, PingTable table, JobMetrics metrics, Clock clock) {
    return new Pings(Ping.of(settings.pings()), table, metrics, clock);
  }

  @Bean
  @DependsOn("flywayInitializer")
  JobRegistry jobRegistry(
      JobRows rows,
      @Qualifier("engineDataSource") DataSource engine,
      Subscriptions subscriptions,
      Clock clock) {
    var transaction = new TransactionTemplate(new JdbcTransactionManager(engine));
    return new JobRegistry(rows, JdbcClient.create(engine), subscriptions, transaction, clock);
  }

  @Bean
  JobClock jobClock(
      JobRows rows,
      NewRuns runs,
      Alerts alerts,
      LogTransaction transaction,
      JobMetrics metrics,
      Clock clock) {
    return new JobClock(rows, runs, alerts, transaction, metrics, clock);
  }

  @Bean
  JobControl jobControl(
      JobRows rows,
      NewRuns runs,
      Deliveries deliveries,
      LogTransaction transaction,
      @Qualifier("engineDataSource") DataSource engine,
      Clock clock) {
    return new JobControl(rows, runs, deliveries, transaction, JdbcClient.create(engine), clock);
  }

  @Bean
  JobTable jobTable(@Qualifier("readDataSource") DataSource reads, Clock clock) {
    return new JobTable(JdbcClient.create(reads), clock);
  }

  @Bean
  RunTable runTable(@Qualifier("readDataSource") DataSource reads) {
    return new RunTable(JdbcClient.create(reads));
  }

  @Bean("job")
  JobComponent jobComponent(
      JobRegistry registry,
      RunNotes notes,
      JobRows rows,
      Alerts alerts,
      LogTransaction transaction,
      JobSettings settings,
      Clock clock) {
    return new JobComponent(
        registry, notes, new LateStarts(rows, alerts, transaction, clock), settings);
  }

  @Bean
  CamelContextConfiguration jobClockRoute(JobClock clock) {
    return new CamelContextConfiguration() {
      @Override
      public void beforeApplicationStart(CamelContext context) {
        try {
          context.addRoutes(new JobClockRoute(clock));
        } catch (Exception e) {
          throw new IllegalStateException("The clock of jobs can't be started", e);
        }
      }

      @Override
      public void afterApplicationStart(CamelContext context) {}
    };
  }
}
