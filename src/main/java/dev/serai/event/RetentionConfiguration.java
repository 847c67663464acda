package dev.serai.event;

import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RetentionSettings.class)
class RetentionConfiguration {

  /** For the route of the job. */
  @Bean
  @DependsOn("flywayInitializer")
  Retention retention(
      @Qualifier("engineDataSource") DataSource engine, RetentionSettings settings, Clock clock) {
    return new Retention(JdbcClient.create(engine), settings, clock);
  }

  @Bean
  @DependsOn("flywayInitializer")
  Erasure erasure(
      @Qualifier("engineDataSource") DataSource engine, RetentionSettings settings, Clock clock) {
    return new Erasure(JdbcClient.create(engine), settings.sensitive(), clock);
  }

  @Bean
  ErasedSubjects erasedSubjects(@Qualifier("engineDataSource") DataSource engine) {
    return new ErasedSubjects(JdbcClient.create(engine));
  }

  @Bean
  @DependsOn("flywayInitializer")
  Maintenance maintenance(
      @Qualifier("engineDataSource") DataSource engine,
      Subscriptions subscriptions,
      RetentionSettings settings,
      Erasure erasure,
      ObjectProvider<Turns> turns,
      Clock clock) {
    JdbcClient jdbc = JdbcClient.create(engine);
    return new Maintenance(
        new Days(jdbc),
        new Retirement(jdbc, subscriptions),
        settings.undeclared(),
        erasure,
        turns.getIfAvailable(() -> (work, time) -> true),
        clock);
  }
}
