package dev.serai.job;

import dev.serai.event.Deliveries;
import dev.serai.event.EventLog;
import dev.serai.event.Subscriptions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Jobs use the engine's connections to change, and those of the API's questions to look. */
@Configuration(proxyBeanMethods = false)
class JobConfiguration {

  @Bean
  JobRows jobRows(@Qualifier("engineDataSource") DataSource engine) {
    return new JobRows(JdbcClient.create(engine));
  }

  @Bean
  NewRuns newRuns(@Qualifier("engineDataSource") DataSource engine, EventLog log) {
    return new NewRuns(engine, log);
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
  @DependsOn("flywayInitializer")
  JobRegistry jobRegistry(
      JobRows rows,
      @Qualifier("engineDataSource") DataSource engine,
      Subscriptions subscriptions,
      Clock clock) {
    return new JobRegistry(rows, JdbcClient.create(engine), subscriptions, within(engine), clock);
  }

  @Bean
  JobClock jobClock(
      JobRows rows,
      NewRuns runs,
      EventLog log,
      @Qualifier("engineDataSource") DataSource engine,
      JobMetrics metrics,
      Clock clock) {
    return new JobClock(rows, runs, log, within(engine), metrics, clock);
  }

  @Bean
  JobControl jobControl(
      JobRows rows,
      NewRuns runs,
      EventLog log,
      Deliveries deliveries,
      @Qualifier("engineDataSource") DataSource engine,
      Clock clock) {
    return new JobControl(
        rows, runs, log, deliveries, within(engine), JdbcClient.create(engine), clock);
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
  JobComponent jobComponent(JobRegistry registry, RunNotes notes) {
    return new JobComponent(registry, notes);
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

  private static TransactionTemplate within(DataSource engine) {
    return new TransactionTemplate(new JdbcTransactionManager(engine));
  }
}
