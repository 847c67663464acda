package dev.serai.cloud.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** A secret that addresses of objects are signed with. */
final class ObjectSecret {

  private static final String HMAC = "HmacSHA256";
  private static final String PROPERTY = "serai.objects.secrets (SERAI_OBJECTS_SECRETS)";
  private static final int LEAST = 32;

  private final SecretKeySpec key;
  private final @Nullable Instant expiry;

  private ObjectSecret(String secret, @Nullable Instant expiry) {
    this.key = new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), HMAC);
    this.expiry = expiry;
  }

  /** Those of the configuration; if there are none, one in a file, which is made once. */
  static List<ObjectSecret> load(String configured, Path file) throws IOException {
    List<ObjectSecret> secrets = parse(configured);
    return secrets.isEmpty() ? parse(generated(file)) : secrets;
  }

  private static List<ObjectSecret> parse(String text) {
    return Arrays.stream(text.split("\\|", -1))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .map(ObjectSecret::parseOne)
        .toList();
  }

  private static ObjectSecret parseOne(String part) {
    int at = part.lastIndexOf('@');
    String secret = at < 0 ? part : part.substring(0, at);
    if (secret.length() < LEAST) {
      throw new IllegalArgumentException(
          "%s: a secret has %s characters; it must have %s or more"
              .formatted(PROPERTY, secret.length(), LEAST));
    }
    try {
      return new ObjectSecret(secret, at < 0 ? null : Instant.parse(part.substring(at + 1)));
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          PROPERTY + ": behind the @ of a secret stands no time such as 2026-12-31T00:00:00Z", e);
    }
  }

  private static String generated(Path file) throws IOException {
    if (!Files.exists(file)) {
      byte[] random = new byte[LEAST];
      new SecureRandom().nextBytes(random);
      Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
      // Only its owner may read it, as all temporary files.
      Path scratch = Files.createTempFile(folder, "new", ".secret");
      try {
        Files.writeString(scratch, HexFormat.of().formatHex(random));
        Files.createLink(file, scratch);
      } catch (FileAlreadyExistsException another) {
        // Another hub was faster: then both have its.
      } finally {
        Files.delete(scratch);
      }
    }
    return Files.readString(file);
  }

  boolean isValid(Instant now) {
    return expiry == null || now.isBefore(expiry);
  }

  byte[] sign(String text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
