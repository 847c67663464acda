package dev.serai.webhook;

import dev.serai.event.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.env.Environment;

/**
 * The secrets of sources, found by the source's name in the configuration. In development a source
 * without one gets a generated one, kept under the data directory.
 */
final class SourceSecrets {

  private static final Logger log = LoggerFactory.getLogger(SourceSecrets.class);

  private final Environment environment;
  private final Map<String, List<Secret>> bySource = new ConcurrentHashMap<>();

  /** How many of a source's configured secrets can't be used. */
  private final Map<String, Integer> unusable = new ConcurrentHashMap<>();

  SourceSecrets(Environment environment) {
    this.environment = environment;
  }

  /** The environment variable with the secrets of a source. */
  static String property(String source) {
    return "SERAI_" + source.toUpperCase(Locale.ROOT).replace('-', '_') + "_SECRETS";
  }

  /** Sets the secret of a source that is not of the configuration. */
  void give(String source, Secret secret) {
    bySource.put(source, List.of(secret));
  }

  /** Reads the secrets of a source whose route starts; says so when there is none. */
  void load(String source, Scheme scheme) {
    if (source.equals(WarmUp.SOURCE)) {
      return;
    }
    List<Secret> configured = parse(source, environment.getProperty(property(source), ""));
    boolean dev = environment.getProperty("serai.dev", Boolean.class, false);
    if (configured.isEmpty() && dev) {
      configured = List.of(generated(source, scheme));
    }
    List<Secret> usable = usable(source, scheme, configured);
    unusable.put(source, configured.size() - usable.size());
    if (configured.isEmpty()) {
      log.info(
          "Source '{}' is closed: set {} if its provider posts here", source, property(source));
    } else if (usable.isEmpty()) {
      log.error("Source '{}' has no usable secret, so all its requests are refused", source);
    }
    bySource.put(source, usable);
  }

  /** Whether anything is configured, right or wrong; in development something always is. */
  boolean isConfigured(String source) {
    return environment.getProperty("serai.dev", Boolean.class, false)
        || !environment.getProperty(property(source), "").isBlank();
  }

  /** A secret that can't prove anything, or that everybody knows, is as good as none. */
  private static List<Secret> usable(String source, Scheme scheme, List<Secret> configured) {
    List<Secret> usable = new ArrayList<>();
    for (Secret secret : configured) {
      Optional<String> problem = scheme.secretProblem(secret);
      if (problem.isEmpty()) {
        usable.add(secret);
      } else {
        log.error(
            "{}: secret {} of {} {}; it is not used",
            property(source),
            configured.indexOf(secret) + 1,
            configured.size(),
            problem.get());
      }
    }
    return usable;
  }

  private static List<Secret> parse(String source, String text) {
    try {
      return Secret.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(property(source) + ": " + e.getMessage(), e);
    }
  }

  /** The secrets of sources, but for the rehearsal's. */
  Map<String, List<Secret>> bySource() {
    Map<String, List<Secret>> all = new HashMap<>(bySource);
    all.remove(WarmUp.SOURCE);
    return all;
  }

  int unusable(String source) {
    return unusable.getOrDefault(source, 0);
  }

  List<Secret> valid(String source, Instant now) {
    return bySource.getOrDefault(source, List.of()).stream()
        .filter(secret -> secret.isValid(now))
        .toList();
  }

  private Secret generated(String source, Scheme scheme) {
    Path file =
        Path.of(environment.getRequiredProperty("serai.data.dir"), "secrets", source)
            .toAbsolutePath();
    try {
      Secret secret = new Secret(SecretFile.readOrCreate(file, scheme::newSecret), null);
      log.info("Source '{}' has a generated secret, for development: {}", source, file);
      return secret;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
