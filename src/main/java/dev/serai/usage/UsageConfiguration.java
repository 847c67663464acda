package dev.serai.usage;

import dev.serai.event.EventLog;
import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import java.time.Clock;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UsageSettings.class)
class UsageConfiguration {

  @Bean
  HotUsage hotUsage(Redis redis, Keys keys) {
    return new HotUsage(redis, keys);
  }

  @Bean
  LimitNews limitNews(EventLog log) {
    return new LimitNews(log);
  }

  @Bean
  @DependsOn("flywayInitializer")
  UsageWriter usageWriter(
      @Qualifier("engineDataSource") DataSource engine,
      Clock clock,
      EventLog log,
      LimitNews news,
      HotUsage hot) {
    return new UsageWriter(engine, clock, log, news, hot);
  }

  /** Routes use it by this name. */
  @Bean
  @DependsOn("flywayInitializer")
  LimitSweeps limitSweeps(
      @Qualifier("engineDataSource") DataSource engine, EventLog log, LimitNews news, Clock clock) {
    return new LimitSweeps(engine, log, news, clock);
  }

  /** Routes use it by this name. */
  @Bean
  @DependsOn("flywayInitializer")
  Usage usage(
      UsageWriter writer,
      HotUsage hot,
      LimitNews news,
      EventLog log,
      @Qualifier("engineDataSource") DataSource engine,
      @Qualifier("readDataSource") DataSource reads,
      UsageSettings settings,
      Clock clock) {
    return new Usage(
        writer, new UsageLimits(engine, log, news, hot), hot, engine, reads, settings, clock);
  }
}
