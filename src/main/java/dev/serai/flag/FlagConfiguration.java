package dev.serai.flag;

import dev.serai.redis.Keys;
import dev.serai.redis.Redis;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;

@Configuration(proxyBeanMethods = false)
class FlagConfiguration {

  /** Routes use it by this name. */
  @Bean
  @DependsOn("flywayInitializer")
  Flags flags(@Qualifier("engineDataSource") DataSource engine, Redis redis, Keys keys) {
    return new Flags(new FlagRows(engine), new FlagNews(redis, keys));
  }
}
