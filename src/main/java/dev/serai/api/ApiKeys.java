package dev.serai.api;

import dev.serai.event.SecretFile;
import dev.serai.event.Sha256;
import dev.serai.webhook.RandomHex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that open the API. Only their hashes are kept in memory. */
final class ApiKeys {

  private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);

  private final List<Known> keys;

  private ApiKeys(List<Known> keys) {
    this.keys = keys;
  }

  /**
   * The configured keys; where there are none, one in a file under the data directory.
   *
   * @param configured keys divided by commas
   */
  static ApiKeys load(String configured, Path data) throws IOException {
    List<Known> keys = KeyList.parse(configured);
    if (!keys.isEmpty()) {
      return new ApiKeys(keys);
    }
    Path file = data.resolve("api-key").toAbsolutePath().normalize();
    String generated = SecretFile.readOrCreate(file, ApiKeys::generate);
    log.info("The key of the API is in {}", file);
    return new ApiKeys(List.of(new Known(new ApiKey("generated", Role.ADMIN), hash(generated))));
  }

  private static String generate() {
    return "sk_" + RandomHex.of(24);
  }

  /** Every key is compared whole, so that the time taken tells nothing. */
  Optional<ApiKey> find(String shown) {
    byte[] hash = hash(shown);
    @Nullable ApiKey found = null;
    for (Known known : keys) {
      if (MessageDigest.isEqual(known.hash, hash)) {
        found = known.key;
      }
    }
    return Optional.ofNullable(found);
  }

  /** The key of a name. */
  Optional<ApiKey> named(String name) {
    return keys.stream().map(Known::key).filter(key -> key.name().equals(name)).findFirst();
  }

  static byte[] hash(String key) {
    return Sha256.of(key.getBytes(StandardCharsets.UTF_8));
  }

  /** A key and its hash. */
  record Known(ApiKey key, byte[] hash) {}
}
