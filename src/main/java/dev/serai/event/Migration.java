package dev.serai.event;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayAutoConfiguration;
import org.springframework.boot.autoconfigure.flyway.FlywayDataSource;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;
import org.springframework.boot.context.logging.LoggingApplicationListener;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.io.DefaultResourceLoader;

/**
 * The migrations of the configured database, without a hub: for deployments that migrate before
 * they start the new version.
 */
public final class Migration implements AutoCloseable {

  private final ConfigurableApplicationContext context;
  private final Flyway flyway;

  private Migration(ConfigurableApplicationContext context) {
    this.context = context;
    this.flyway = context.getBean(Flyway.class);
  }

  /** Not annotated as a configuration, lest the hub find it. */
  @EnableConfigurationProperties(DatabaseSettings.class)
  @ImportAutoConfiguration(FlywayAutoConfiguration.class)
  static class Setup {

    @Bean
    @FlywayDataSource
    DataSource migrationDataSource(DatabaseSettings settings) {
      return EventConfiguration.migrations(settings);
    }

    /** Nothing by itself. */
    @Bean
    FlywayMigrationStrategy onRequest() {
      return flyway -> {};
    }
  }

  /** Reads the configuration as the hub does; starts no server of its own. */
  public static Migration open(String... settings) {
    SpringApplication application = application();
    application.setInitializers(List.of());
    return open(application, settings);
  }

  /**
   * The same; when no database is configured it starts the one below the data directory, as a hub
   * does, and stops it at the end.
   */
  public static Migration openWithServers(String... settings) {
    return open(application(), settings);
  }

  private static SpringApplication application() {
    // The migrations are looked for beside this class, whatever loader the asking thread has.
    var loader = new DefaultResourceLoader(Migration.class.getClassLoader());
    return new SpringApplication(loader, Setup.class);
  }

  private static Migration open(SpringApplication application, String... settings) {
    application.setDefaultProperties(Map.of("serai.database.url", "")); // to be told of as missing
    // Whoever asks says what is logged.
    application.setListeners(
        application.getListeners().stream()
            .filter(listener -> !(listener instanceof LoggingApplicationListener))
            .toList());
    application.setWebApplicationType(WebApplicationType.NONE);
    application.setLogStartupInfo(false);
    application.setRegisterShutdownHook(false);
    return new Migration(application.run(settings));
  }

  /** All migrations, and the database that is configured. */
  public Flyway flyway() {
    return flyway;
  }

  /** What is not applied yet, in its order. */
  public List<Step> pending() {
    return Arrays.stream(flyway.info().pending()).map(Migration::step).toList();
  }

  /** The version that the database has; 0 for none. */
  public String version() {
    MigrationInfo current = flyway.info().current();
    return current == null || current.getVersion() == null ? "0" : current.getVersion().toString();
  }

  /** Applies what is pending; a hub that starts meanwhile waits. */
  public void run() {
    new WholeDatabase().migrate(flyway);
  }

  private static Step step(MigrationInfo info) {
    return new Step(String.valueOf(info.getVersion()), info.getDescription());
  }

  /**
   * A migration.
   *
   * @param version its number
   * @param description what it is about
   */
  public record Step(String version, String description) {}

  @Override
  public void close() {
    context.close();
  }
}
