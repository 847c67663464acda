package dev.serai.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.support.DefaultSingletonBeanRegistry;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/**
 * Before any bean exists: takes the data directory, starts the servers that the configuration does
 * not name, and puts their addresses where a configured address would stand. Everything else of the
 * hub so can't tell an embedded server from another.
 */
final class EmbeddedServers
    implements ApplicationContextInitializer<ConfigurableApplicationContext>, Ordered {

  private static final String DATABASE_URL = "serai.database.url";
  private static final String REDIS_URL = "serai.redis.url";
  private static final String REDIS_HOST = "serai.redis.host";

  @Override
  public void initialize(ConfigurableApplicationContext context) {
    ConfigurableEnvironment environment = context.getEnvironment();
    Map<String, Object> addresses = new LinkedHashMap<>();
    List<AutoCloseable> opened = new ArrayList<>();
    try {
      Path path = Path.of(environment.getRequiredProperty("serai.data.dir"));
      DataDirectory data = DataDirectory.lock(path);
      opened.add(data);
      closeLast(context, "dataDirectory", data);
      Path binaries = binaries(environment, data);
      if (missing(environment, DATABASE_URL)) {
        var postgres =
            new PostgresServer(data.resolve("postgres"), binaries, PostgresUser.detect());
        Watch watch = Watch.over(postgres);
        opened.addFirst(watch);
        closeLast(context, "embeddedPostgres", watch);
        addresses.put(DATABASE_URL, postgres.url());
        addresses.put("serai.database.user", postgres.user());
        addresses.put("serai.database.password", postgres.password());
      }
      if (missing(environment, REDIS_URL) && missing(environment, REDIS_HOST)) {
        var redis = new RedisServer(data.resolve("redis"), binaries);
        closeLast(context, "embeddedRedis", Watch.over(redis));
        addresses.put(REDIS_URL, redis.url());
      }
    } catch (IOException e) {
      throw closing(opened, new UncheckedIOException(e));
    } catch (RuntimeException e) {
      throw closing(opened, e);
    }
    environment.getPropertySources().addFirst(new MapPropertySource("embedded", addresses));
  }

  /** A context that is not refreshed yet closes nothing by itself. */
  private static RuntimeException closing(List<AutoCloseable> opened, RuntimeException failure) {
    for (AutoCloseable closeable : opened) {
      try {
        closeable.close();
      } catch (Exception e) {
        failure.addSuppressed(e);
      }
    }
    return failure;
  }

  private static Path binaries(ConfigurableEnvironment environment, DataDirectory data) {
    String shared = environment.getProperty("serai.embedded.binaries-dir", "");
    return shared.isBlank() ? data.resolve("bin") : Path.of(shared).toAbsolutePath();
  }

  private static boolean missing(ConfigurableEnvironment environment, String property) {
    return environment.getProperty(property, "").isBlank();
  }

  /** What is registered before the first bean is closed after the last one. */
  private static void closeLast(
      ConfigurableApplicationContext context, String name, AutoCloseable closeable) {
    ((DefaultSingletonBeanRegistry) context.getBeanFactory())
        .registerDisposableBean(name, closeable::close);
  }

  @Override
  public int getOrder() {
    return Ordered.LOWEST_PRECEDENCE;
  }
}
