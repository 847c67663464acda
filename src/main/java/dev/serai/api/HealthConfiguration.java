package dev.serai.api;

import dev.serai.catalogue.Catalogue;
import dev.serai.cloud.Notices;
import dev.serai.cloud.warehouse.Warehouse;
import dev.serai.event.ClockOffset;
import dev.serai.redis.Condition;
import dev.serai.redis.Redis;
import dev.serai.route.RouteFiles;
import dev.serai.route.RouteProblem;
import dev.serai.webhook.Door;
import dev.serai.webhook.Source;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.actuate.health.Status;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What {@code /health/detailed} says beside the database and the disk, which Spring Boot looks at.
 */
@Configuration(proxyBeanMethods = false)
class HealthConfiguration {

  /** Works, but not all of it: an operator should look. */
  static final Status DEGRADED = new Status("DEGRADED");

  private static final String NOT_CONFIGURED = "not configured: nobody is told by it";

  @Bean
  HealthIndicator databaseHealthIndicator(@Qualifier("engineDataSource") DataSource engine) {
    JdbcClient jdbc = JdbcClient.create(engine);
    return () -> {
      try {
        return Health.up()
            .withDetail("version", jdbc.sql("show server_version").query(String.class).single())
            .build();
      } catch (DataAccessException e) {
        return Health.down().withDetail("problem", String.valueOf(e.getMessage())).build();
      }
    };
  }

  @Bean
  HealthIndicator redisHealthIndicator(Redis redis) {
    return () -> {
      Condition condition = redis.condition();
      Health.Builder health =
          condition.problem() == null
              ? Health.up()
              : Health.down().withDetail("problem", condition.problem());
      return health.withDetails(condition.details()).build();
    };
  }

  /** A file that can't be loaded leaves all others running. */
  @Bean
  HealthIndicator routesHealthIndicator(RouteFiles routes) {
    return () -> {
      Map<String, String> problems =
          routes.problems().stream()
              .collect(
                  Collectors.groupingBy(
                      RouteProblem::file,
                      TreeMap::new,
                      Collectors.mapping(RouteProblem::toString, Collectors.joining("; "))));
      return (problems.isEmpty() ? Health.up() : Health.status(DEGRADED))
          .withDetails(problems)
          .build();
    };
  }

  /** A schema that can't be read leaves its events as free as they were. */
  @Bean
  HealthIndicator schemasHealthIndicator(Catalogue catalogue) {
    return () -> {
      Map<String, String> problems = new TreeMap<>();
      catalogue.problems().forEach(problem -> problems.put(problem.file(), problem.toString()));
      return (problems.isEmpty() ? Health.up() : Health.status(DEGRADED))
          .withDetails(problems)
          .build();
    };
  }

  /**
   * A source whose secrets don't count refuses everything, and one whose last secret expires soon
   * will. One that was never given any is closed on purpose; a hub with no other is of no use.
   */
  @Bean
  HealthIndicator sourcesHealthIndicator(Door door) {
    return () -> {
      boolean closed = door.sources().stream().noneMatch(Source::isConfigured);
      Health.Builder health = closed ? Health.status(DEGRADED) : Health.up();
      for (Source source : door.sources()) {
        Optional<String> problem = source.problem();
        health.withDetail(
            source.name(),
            problem.orElse(source.isConfigured() ? "ok" : "closed, no secret: refuses everything"));
        if (problem.isPresent()) {
          health.status(DEGRADED);
        }
      }
      return health.build();
    };
  }

  /** A channel that was never configured is off on purpose. */
  @Bean
  HealthIndicator notificationsHealthIndicator(Notices notices) {
    return () ->
        Health.up()
            .withDetail("email", notices.hasEmail() ? "configured" : NOT_CONFIGURED)
            .withDetail("slack", notices.hasSlack() ? "configured" : NOT_CONFIGURED)
            .build();
  }

  /** As it was when it was last used: to look is to open it, which would keep others from it. */
  @Bean
  @ConditionalOnProperty(name = "serai.cloud", havingValue = "local", matchIfMissing = true)
  HealthIndicator warehouseHealthIndicator(Warehouse warehouse) {
    return () -> {
      String problem = warehouse.problem();
      Health.Builder health =
          problem == null ? Health.up() : Health.status(DEGRADED).withDetail("problem", problem);
      return health
          .withDetail("file", warehouse.file().toString())
          .withDetail("open", warehouse.isOpen())
          .build();
    };
  }

  @Bean
  HealthIndicator clockHealthIndicator(ClockOffset clock) {
    return () ->
        (clock.isTolerable() ? Health.up() : Health.status(DEGRADED))
            .withDetail("ahead_of_database_ms", clock.offset().negated().toMillis())
            .build();
  }
}
