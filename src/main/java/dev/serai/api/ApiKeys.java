package dev.serai.api;

import dev.serai.event.Sha256;
import dev.serai.webhook.RandomHex;
import dev.serai.webhook.SecretFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The keys that open the API. Only their hashes are kept in memory. */
final class ApiKeys {

  private static final Logger log = LoggerFactory.getLogger(ApiKeys.class);
  private static final int SHORTEST = 16;

  private final List<byte[]> hashes;

  private ApiKeys(List<String> keys) {
    this.hashes = keys.stream().map(ApiKeys::hash).toList();
  }

  /**
   * The configured keys; where there are none, one in a file under the data directory.
   *
   * @param configured keys divided by commas
   */
  static ApiKeys load(String configured, Path data) throws IOException {
    List<String> keys =
        Arrays.stream(configured.split(",", -1))
            .map(String::strip)
            .filter(key -> !key.isEmpty())
            .toList();
    if (keys.stream().anyMatch(key -> key.length() < SHORTEST)) {
      throw new IllegalArgumentException(
          "serai.api.keys (SERAI_API_KEYS) has a key of fewer than %s characters"
              .formatted(SHORTEST));
    }
    if (!keys.isEmpty()) {
      return new ApiKeys(keys);
    }
    Path file = data.resolve("api-key").toAbsolutePath().normalize();
    String generated = SecretFile.readOrCreate(file, ApiKeys::generate);
    log.info("The key of the API is in {}", file);
    return new ApiKeys(List.of(generated));
  }

  private static String generate() {
    return "sk_" + RandomHex.of(24);
  }

  /** Every key is compared whole, so that the time taken tells nothing. */
  boolean accept(String key) {
    byte[] hash = hash(key);
    boolean known = false;
    for (byte[] candidate : hashes) {
      known |= MessageDigest.isEqual(candidate, hash);
    }
    return known;
  }

  private static byte[] hash(String key) {
    return Sha256.of(key.getBytes(StandardCharsets.UTF_8));
  }
}
