package dev.serai.event;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ReplaySettings.class)
class ReplayConfiguration {

  @Bean(initMethod = "open")
  @DependsOn("flywayInitializer")
  ReplayWorker replayWorker(
      @Qualifier("engineDataSource") DataSource engine,
      Clock clock,
      Subscriptions subscriptions,
      EventLog events,
      ReplaySettings settings) {
    ReplaySteps steps =
        new ReplaySteps(
            JdbcClient.create(engine),
            new TransactionTemplate(new JdbcTransactionManager(engine)),
            clock,
            subscriptions,
            events,
            settings.maxRate());
    return new ReplayWorker(steps, events);
  }

  @Bean
  BulkReplays bulkReplays(
      @Qualifier("engineDataSource") DataSource engine,
      @Qualifier("readDataSource") DataSource reads,
      Clock clock,
      Subscriptions subscriptions,
      ReplayWorker worker,
      EventIds ids,
      ReplaySettings settings) {
    JdbcClient jdbc = JdbcClient.create(engine);
    return new BulkReplays(
        new ReplayRows(jdbc),
        new ReplayCount(reads, subscriptions),
        new Backlog(jdbc, subscriptions),
        worker,
        ids,
        clock,
        settings);
  }
}
