package dev.serai.event;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.DependsOn;
import org.springframework.context.annotation.Primary;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Three pools on one database, so that handlers that hang can't take the engine's connections. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DatabaseSettings.class, EncryptionSettings.class})
class EventConfiguration {

  /** The routes' SQL: the pool that Camel and Spring take by default. */
  @Bean
  @Primary
  HikariDataSource dataSource(DatabaseSettings settings) {
    HikariConfig config = pool(settings, "handlers", settings.handlerConnections());
    // A handler may wait for a connection as long as its subscription's timeout lets it.
    config.setConnectionTimeout(30_000);
    return new HikariDataSource(config);
  }

  /** The API's questions: few at a time, and an answer soon also when the database is down. */
  @Bean
  HikariDataSource readDataSource(DatabaseSettings settings) {
    HikariConfig config = pool(settings, "reads", settings.readConnections());
    config.setConnectionTimeout(1_000);
    config.setMinimumIdle(0);
    config.setReadOnly(true);
    return new HikariDataSource(config);
  }

  @Bean
  HikariDataSource engineDataSource(DatabaseSettings settings) {
    HikariConfig config = pool(settings, "engine", settings.engineConnections());
    config.setConnectionTimeout(DatabaseSettings.PATIENCE.toMillis());
    config.addDataSourceProperty("socketTimeout", DatabaseSettings.STATEMENT_LIMIT.toSeconds());
    return new HikariDataSource(config);
  }

  /** Without a pool: a database that can't be used at start is told of at once. */
  @Bean
  @FlywayDataSource
  DataSource migrationDataSource(DatabaseSettings settings) {
    return migrations(settings);
  }

  @Bean
  FlywayMigrationStrategy wholeDatabase() {
    return new WholeDatabase();
  }

  static DataSource migrations(DatabaseSettings settings) {
    DatabaseUrl url = DatabaseUrl.of(settings);
    PGSimpleDataSource dataSource = new PGSimpleDataSource();
    dataSource.setUrl(url.jdbc());
    dataSource.setUser(url.user());
    dataSource.setPassword(url.password());
    dataSource.setConnectTimeout(2);
    dataSource.setApplicationName("serai-migration");
    return dataSource;
  }

  private static HikariConfig pool(DatabaseSettings settings, String name, int size) {
    DatabaseUrl url = DatabaseUrl.of(settings);
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    config.setJdbcUrl(url.jdbc());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setMaximumPoolSize(size);
    config.setMinimumIdle(Math.min(2, size));
    config.setInitializationFailTimeout(-1);
    config.setValidationTimeout(250);
    config.addDataSourceProperty("ApplicationName", "serai-" + name);
    config.addDataSourceProperty("tcpKeepAlive", true);
    config.addDataSourceProperty("connectTimeout", 2);
    return config;
  }

  @Bean
  @Primary
  JdbcTransactionManager transactionManager(DataSource dataSource) {
    return new JdbcTransactionManager(dataSource);
  }

  @Bean
  DatabaseClock clock(@Qualifier("engineDataSource") DataSource engine) {
    return new DatabaseClock(Clock.systemUTC(), engine);
  }

  @Bean
  @DependsOn("flywayInitializer")
  Subscriptions subscriptions(@Qualifier("engineDataSource") DataSource engine, Clock clock) {
    var transaction = new TransactionTemplate(new JdbcTransactionManager(engine));
    return new Subscriptions(engine, transaction, clock);
  }

  @Bean
  EventIds eventIds(Clock clock) {
    return new EventIds(clock);
  }

  @Bean
  SensitiveBodies sensitiveBodies(EncryptionSettings settings, Environment environment) {
    EncryptionKeys configured = EncryptionKeys.parse(settings.keys());
    boolean generate =
        configured.all().isEmpty() && environment.getProperty("serai.dev", Boolean.class, false);
    return new SensitiveBodies(
        () ->
            generate
                // No source can have this name.
                ? EncryptionKeys.generated(
                    Path.of(
                        environment.getRequiredProperty("serai.data.dir"),
                        "secrets",
                        "encryption.key"))
                : configured);
  }

  @Bean
  EventLog eventLog(
      @Qualifier("engineDataSource") DataSource engine,
      Clock clock,
      Subscriptions subscriptions,
      EventIds ids,
      SensitiveBodies bodies,
      DatabaseSettings settings) {
    return new EventLog(engine, clock, subscriptions, ids, bodies, settings.append());
  }

  @Bean
  Replays replays(
      @Qualifier("engineDataSource") DataSource engine,
      Clock clock,
      Subscriptions subscriptions,
      EventLog log,
      EventIds ids) {
    return new Replays(engine, clock, subscriptions, log, ids);
  }

  /** For the archive, which keeps events elsewhere. */
  @Bean
  LoggedEvents loggedEvents(
      @Qualifier("engineDataSource") DataSource engine,
      Subscriptions subscriptions,
      EventLog log,
      Clock clock) {
    return new LoggedEvents(engine, subscriptions, log, clock);
  }

  @Bean
  DeadLetters deadLetters(
      @Qualifier("engineDataSource") DataSource engine,
      Clock clock,
      Subscriptions subscriptions,
      EventLog log,
      EventIds ids,
      SensitiveBodies bodies) {
    return new DeadLetters(engine, clock, subscriptions, log, ids, bodies);
  }

  @Bean
  @DependsOn("flywayInitializer")
  Deliveries deliveries(
      @Qualifier("engineDataSource") DataSource engine, SensitiveBodies bodies, Clock clock) {
    return new Deliveries(engine, bodies, clock);
  }

  @Bean
  @DependsOn("flywayInitializer")
  Nodes nodes(@Qualifier("engineDataSource") DataSource engine, Clock clock) {
    return new Nodes(engine, clock);
  }

  @Bean
  DatabaseMetrics databaseMetrics(
      @Qualifier("readDataSource") DataSource reads, MeterRegistry registry) {
    return new DatabaseMetrics(reads, registry);
  }

  @Bean
  Tail tail(@Qualifier("readDataSource") DataSource reads) {
    return new Tail(reads);
  }

  @Bean
  Rehearsal rehearsal(
      @Qualifier("engineDataSource") DataSource engine,
      Clock clock,
      Nodes nodes,
      EventIds ids,
      SensitiveBodies bodies,
      Subscriptions subscriptions,
      DatabaseSettings settings) {
    return new Rehearsal(engine, clock, nodes, ids, bodies, subscriptions, settings.append());
  }
}
