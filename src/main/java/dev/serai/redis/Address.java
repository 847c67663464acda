package dev.serai.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.StaticCredentialsProvider;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Where Redis is and how it is spoken to, of the settings. */
final class Address {

  private Address() {}

  static RedisURI of(RedisSettings settings) {
    RedisURI uri = isSet(settings.url()) ? ofUrl(settings) : ofHost(settings);
    uri.setTimeout(settings.timeout());
    uri.setClientName("serai");
    return uri;
  }

  private static RedisURI ofUrl(RedisSettings settings) {
    RedisURI uri;
    try {
      uri = RedisURI.create(Objects.requireNonNull(settings.url()));
    } catch (IllegalArgumentException e) {
      // Its message has the address, and so the password.
      throw new IllegalArgumentException(
          "serai.redis.url (SERAI_REDIS_URL) is no address such as"
              + " rediss://user:password@host:6379/0; a password with / ? # @ or % in it must have"
              + " them as %2F %3F %23 %40 %25");
    }
    if (!String.valueOf(settings.url()).contains("@") && isSet(settings.password())) {
      authenticate(uri, settings);
    }
    return uri;
  }

  private static RedisURI ofHost(RedisSettings settings) {
    if (!isSet(settings.host())) {
      throw new IllegalArgumentException(
          "serai.redis.url (SERAI_REDIS_URL) and serai.redis.host (SERAI_REDIS_HOST) are not set;"
              + " one must be");
    }
    RedisURI uri =
        RedisURI.builder()
            .withHost(Objects.requireNonNull(settings.host()))
            .withPort(settings.port())
            .withDatabase(settings.database())
            .withSsl(settings.tls())
            .build();
    authenticate(uri, settings);
    return uri;
  }

  private static void authenticate(RedisURI uri, RedisSettings settings) {
    String password = settings.password();
    if (password == null || password.isEmpty()) {
      return;
    }
    String username = isSet(settings.username()) ? settings.username() : null;
    uri.setCredentialsProvider(new StaticCredentialsProvider(username, password.toCharArray()));
  }

  /** Whom to trust, if it is not those whom Java trusts. */
  static Optional<SslOptions> trust(RedisSettings settings) {
    Path file = settings.caFile();
    if (file == null || file.toString().isEmpty()) {
      return Optional.empty();
    }
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "serai.redis.ca-file (SERAI_REDIS_CA_FILE) is '%s', which can't be read".formatted(file));
    }
    return Optional.of(SslOptions.builder().jdkSslProvider().trustManager(file.toFile()).build());
  }

  private static boolean isSet(@Nullable String text) {
    return text != null && !text.isBlank();
  }
}
