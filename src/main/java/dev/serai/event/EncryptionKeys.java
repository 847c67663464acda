package dev.serai.event;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of sensitive bodies: the first encrypts, all decrypt.
 *
 * @param all in their order; none, if none are configured
 */
record EncryptionKeys(List<Key> all) {

  static final String PROPERTY = "serai.encryption.keys (SERAI_ENCRYPTION_KEYS)";

  private static final Logger log = LoggerFactory.getLogger(EncryptionKeys.class);
  private static final int BYTES = 32;
  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_.-]{1,32}):([A-Za-z0-9+/]{43}=?)");

  /**
   * A key.
   *
   * @param id what names it in stored bodies
   */
  record Key(String id, SecretKey secret) {
    static Key of(String id, byte[] bytes) {
      return new Key(id, new SecretKeySpec(bytes, "AES"));
    }

    /** A key has no text. */
    @Override
    public String toString() {
      return "Key[" + id + "]";
    }
  }

  /**
   * Reads a configured list.
   *
   * @throws IllegalArgumentException naming the place in the list, with nothing of what stands
   *     there
   */
  static EncryptionKeys parse(String text) {
    List<String> parts =
        Arrays.stream(text.split("\\|", -1))
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .toList();
    List<Key> keys = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Matcher matcher = FORM.matcher(parts.get(i));
      String place = "%s: key %s of %s".formatted(PROPERTY, i + 1, parts.size());
      if (!matcher.matches()) {
        throw new IllegalArgumentException(
            "%s is not <id>:<base64 of %s bytes>; make one with: openssl rand -base64 %s"
                .formatted(place, BYTES, BYTES));
      }
      keys.add(Key.of(matcher.group(1), decode(matcher.group(2), place)));
      if (keys.stream().map(Key::id).distinct().count() < keys.size()) {
        throw new IllegalArgumentException(
            place + " has the id of one before it; each key has an id of its own");
      }
    }
    return new EncryptionKeys(List.copyOf(keys));
  }

  private static byte[] decode(String base64, String place) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      // The cause would quote a part of the key.
      throw new IllegalArgumentException(place + " is not valid base64");
    }
  }

  /** One key, in a file that is made if it is not there. */
  static EncryptionKeys generated(Path file) {
    try {
      String text = SecretFile.readOrCreate(file, EncryptionKeys::random);
      byte[] bytes = Base64.getDecoder().decode(text);
      // Hubs that have each generated one must not take another's for theirs.
      String id = "dev-" + HexFormat.of().formatHex(Sha256.of(bytes), 0, 4);
      log.info("Sensitive bodies are encrypted with a generated key, for development: {}", file);
      return new EncryptionKeys(List.of(Key.of(id, bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String random() {
    byte[] bytes = new byte[BYTES];
    new SecureRandom().nextBytes(bytes);
    return Base64.getEncoder().encodeToString(bytes);
  }

  Optional<Key> find(String id) {
    return all.stream().filter(key -> key.id.equals(id)).findFirst();
  }
}
