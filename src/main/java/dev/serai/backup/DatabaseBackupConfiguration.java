package dev.serai.backup;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.info.BuildProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BackupSettings.class)
class DatabaseBackupConfiguration {

  /** The route of the job database-backup names it. */
  @Bean
  DatabaseBackup databaseBackup(
      @Qualifier("migrationDataSource") DataSource database,
      BackupSettings settings,
      ObjectProvider<BuildProperties> build) {
    return new DatabaseBackup(
        database,
        settings.partSize().toBytes(),
        settings.pause(),
        build.stream().map(BuildProperties::getVersion).findFirst().orElse("development"));
  }

  /** The route of the job backup-verify names it. */
  @Bean
  Verification backupVerification(
      @Qualifier("migrationDataSource") DataSource database,
      Flyway flyway,
      BackupSettings settings) {
    return new Verification(database, flyway, settings.scratchUrl());
  }

  /** The routes of both jobs name it. */
  @Bean
  BackupKeeping backupKeeping(Clock clock) {
    return new BackupKeeping(clock);
  }

  @Bean
  BackupGauges backupGauges(@Qualifier("readDataSource") DataSource reads, MeterRegistry registry) {
    return new BackupGauges(JdbcClient.create(reads), registry);
  }
}
