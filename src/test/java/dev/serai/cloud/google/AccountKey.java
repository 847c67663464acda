package dev.serai.cloud.google;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Map;

/**
 * The key of a service account, as Google hands it out in a file, made for a test.
 *
 * @param keys its two halves
 * @param tokens address of the server that gives tokens for it
 */
public record AccountKey(KeyPair keys, String tokens) {

  /** Its project. */
  public static final String PROJECT = "acme-of-key";

  /** Its e-mail address. */
  public static final String EMAIL = "hub@acme-of-key.iam.gserviceaccount.com";

  /** A new one. */
  public static AccountKey of(String tokens) throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    return new AccountKey(generator.generateKeyPair(), tokens);
  }

  /** Writes it into a folder; returns the file. */
  public Path write(Path folder) throws IOException {
    String pem =
        "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n"
            .formatted(
                "PRIVATE KEY", Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
    Map<String, String> fields =
        Map.of(
            "type", "service_account",
            "project_id", PROJECT,
            "private_key_id", "k1",
            "private_key", pem,
            "client_email", EMAIL,
            "client_id", "1",
            "token_uri", tokens);
    return Files.writeString(
        folder.resolve("key.json"), new ObjectMapper().writeValueAsString(fields));
  }
}
