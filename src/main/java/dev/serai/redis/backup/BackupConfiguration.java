package dev.serai.redis.backup;

import dev.serai.redis.Keys;
import io.lettuce.core.RedisClient;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class BackupConfiguration {

  @Bean
  Backups redisBackups(RedisClient client, Keys keys, Clock clock) {
    return new Backups(new RawRedis(client), keys, clock);
  }

  /** For the route of the job. */
  @Bean
  BackupFolder redisBackupFolder(
      Backups backups, Clock clock, @Value("${serai.data.dir}") Path data) {
    return new BackupFolder(backups, data.resolve("backups").resolve("redis"), clock);
  }

  @Bean
  Restores redisRestores(
      RedisClient client, Keys keys, Clock clock, @Value("${serai.data.dir}") Path data) {
    return new Restores(new RawRedis(client), keys, data.resolve("restore"), clock);
  }

  /** For the route of the job that verifies. */
  @Bean
  RedisTrial redisTrial(RedisClient client, Keys keys, @Value("${serai.data.dir}") Path data) {
    return new RedisTrial(new RawRedis(client), keys, data.resolve("restore"));
  }
}
