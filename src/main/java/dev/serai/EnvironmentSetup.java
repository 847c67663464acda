package dev.serai;

import io.github.cdimascio.dotenv.Dotenv;
import io.github.cdimascio.dotenv.DotenvEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/**
 * Reads {@code .env} of the working directory, which the real environment overrides, turns {@code
 * SERAI_ENV} into the profile whose defaults apply, and chooses the form of the log.
 */
final class EnvironmentSetup implements EnvironmentPostProcessor, Ordered {

  private static final List<String> ENVIRONMENTS = List.of("dev", "staging", "prod");
  private static final String ENV = "serai.env";
  private static final String DEV = "serai.dev";
  private static final String TEXT = "text";

  /** What Spring Boot calls the formats that are JSON. */
  private static final Map<String, String> LOG_FORMATS =
      Map.of("ecs", "ecs", "google", "dev.serai.telemetry.GoogleLog");

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    MutablePropertySources sources = environment.getPropertySources();
    sources.addAfter(
        StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
        // The ending lets SERAI_DATABASE_URL of the file stand for serai.database.url, too.
        new SystemEnvironmentPropertySource("dotenv-systemEnvironment", dotenv()));
    String env = environment(environment);
    Map<String, Object> derived = new HashMap<>();
    derived.put(ENV, env);
    derived.put(DEV, environment.getProperty(DEV, Boolean.toString(env.equals("dev"))));
    derived.put("spring.profiles.active", env);
    String format = LOG_FORMATS.get(logFormat(environment, env));
    if (format != null) {
      derived.put("logging.structured.format.console", format);
    }
    sources.addLast(new MapPropertySource("serai-environment", derived));
  }

  private static String environment(ConfigurableEnvironment environment) {
    String fallback = environment.getProperty(DEV, Boolean.class, false) ? "dev" : "prod";
    String env =
        environment.getProperty(ENV, environment.getProperty("serai.default-env", fallback));
    if (!ENVIRONMENTS.contains(env)) {
      throw new IllegalArgumentException(
          "serai.env (SERAI_ENV) is '%s'; it must be one of %s"
              .formatted(env, String.join(", ", ENVIRONMENTS)));
    }
    return env;
  }

  private static String logFormat(ConfigurableEnvironment environment, String env) {
    boolean google = "gcp".equals(environment.getProperty("serai.cloud"));
    String fallback = env.equals("dev") ? TEXT : google ? "google" : "ecs";
    String format = environment.getProperty("serai.log-format", fallback);
    if (!format.equals(TEXT) && !LOG_FORMATS.containsKey(format)) {
      throw new IllegalArgumentException(
          "serai.log-format (SERAI_LOG_FORMAT) is '%s'; it must be one of text, ecs, google"
              .formatted(format));
    }
    return format;
  }

  private static Map<String, Object> dotenv() {
    return Dotenv.configure()
        .ignoreIfMissing()
        .load()
        .entries(Dotenv.Filter.DECLARED_IN_ENV_FILE)
        .stream()
        .collect(Collectors.toMap(DotenvEntry::getKey, DotenvEntry::getValue, (a, b) -> b));
  }

  @Override
  public int getOrder() {
    return Ordered.HIGHEST_PRECEDENCE;
  }
}
