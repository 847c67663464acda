package dev.serai.cloud.storage;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "serai.cloud", havingValue = "local", matchIfMissing = true)
@EnableConfigurationProperties({BucketSettings.class, ObjectSettings.class})
class StorageConfiguration {

  @Bean(initMethod = "open")
  LocalObjects localObjects(
      @Value("${serai.data.dir}") Path data, BucketSettings buckets, Clock clock) {
    Path folder = data.toAbsolutePath().normalize().resolve("objects");
    return new LocalObjects(folder, buckets, clock);
  }

  @Bean
  SignedAddresses signedAddresses(
      @Value("${serai.data.dir}") Path data,
      @Value("${serai.public-url:}") String hub,
      ObjectSettings settings,
      Environment environment,
      Clock clock)
      throws IOException {
    URI configured = hub.isBlank() ? null : checked(hub.strip());
    return new SignedAddresses(
        ObjectSecret.load(settings.secrets(), data.resolve("object-key")),
        () -> configured == null ? here(environment) : configured,
        clock);
  }

  /** The port is not known before the web server runs. */
  private static URI here(Environment environment) {
    String port = environment.getProperty("local.server.port");
    return URI.create(
        "http://localhost:" + (port == null ? environment.getProperty("server.port") : port));
  }

  private static URI checked(String text) {
    try {
      URI uri = URI.create(text);
      boolean http = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
      if (http && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
        return uri;
      }
    } catch (IllegalArgumentException e) {
      // Said below.
    }
    throw new IllegalArgumentException(
        "serai.public-url (SERAI_PUBLIC_URL) is '%s'; it must be an address such as https://hub.example.com"
            .formatted(text));
  }
}
