package dev.serai.cloud.storage;

import com.sun.net.httpserver.HttpExchange;
import dev.serai.cloud.google.AccountKey;
import dev.serai.cloud.google.HttpFake;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** A service account of the tests: its key, its tokens and what it has signed. */
final class FakeIdentity {

  static final String EMAIL = AccountKey.EMAIL;
  static final String TOKENS = "/storage-token";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", java.util.Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final KeyPair keys;

  /** Whether the account is known no more. */
  volatile boolean revoked;

  private final Set<String> valid = ConcurrentHashMap.newKeySet();

  FakeIdentity() {
    try {
      keys = AccountKey.of(TOKENS).keys();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The JSON of its key, as Google hands it out. */
  Path file(HttpFake http) {
    try {
      Path folder = Files.createTempDirectory("service-account");
      Path file = new AccountKey(keys, http.url() + TOKENS).write(folder);
      file.toFile().deleteOnExit();
      return file;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Gives out a token to who shows what the key has signed. */
  void token(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String jwt = URLDecoder.decode(form, StandardCharsets.UTF_8).replaceAll("(?s).*assertion=", "");
    int dot = jwt.lastIndexOf('.');
    byte[] signature = Base64.getUrlDecoder().decode(jwt.substring(dot + 1).strip());
    if (revoked || !isOurs(jwt.substring(0, dot), signature)) {
      HttpFake.answer(exchange, 400, "{\"error\":\"invalid_grant\"}");
      return;
    }
    String token = "token-" + UUID.randomUUID();
    valid.add(token);
    HttpFake.answer(
        exchange,
        200,
        "{\"access_token\":\"%s\",\"expires_in\":3600,\"token_type\":\"Bearer\"}".formatted(token));
  }

  /** All that were given out are good no more. */
  void expire() {
    valid.clear();
  }

  boolean knows(HttpExchange exchange) {
    String shown = exchange.getRequestHeaders().getFirst("Authorization");
    return shown != null && valid.contains(shown.replace("Bearer ", ""));
  }

  private boolean isOurs(String text, byte[] bytes) {
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initVerify(keys.getPublic());
      signature.update(text.getBytes(StandardCharsets.UTF_8));
      return signature.verify(bytes);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** Whether a request is what an address (V4) was signed for. */
  void verify(HttpExchange exchange, Map<String, String> query) throws FakeBuckets.Refusal {
    String headers = query.getOrDefault("X-Goog-SignedHeaders", "");
    String date = query.getOrDefault("X-Goog-Date", "");
    String[] credential = query.getOrDefault("X-Goog-Credential", "").split("/", 2);
    String canonicalHeaders =
        Arrays.stream(headers.split(";", -1))
            .map(name -> name + ":" + String.valueOf(exchange.getRequestHeaders().getFirst(name)))
            .collect(Collectors.joining("\n"));
    String parameters =
        Arrays.stream(exchange.getRequestURI().getRawQuery().split("&", -1))
            .filter(parameter -> !parameter.startsWith("X-Goog-Signature="))
            .sorted()
            .collect(Collectors.joining("&"));
    String canonical =
        String.join(
            "\n",
            exchange.getRequestMethod(),
            exchange.getRequestURI().getRawPath(),
            parameters,
            canonicalHeaders,
            "",
            headers,
            "UNSIGNED-PAYLOAD");
    String text =
        String.join(
            "\n", "GOOG4-RSA-SHA256", date, credential[credential.length - 1], hash(canonical));
    byte[] signature = HexFormat.of().parseHex(query.getOrDefault("X-Goog-Signature", ""));
    if (!credential[0].equals(EMAIL) || !isOurs(text, signature)) {
      throw new FakeBuckets.Refusal(403, "SignatureDoesNotMatch", "not signed for this");
    }
    Instant until =
        Instant.from(TIME.parse(date)).plusSeconds(Long.parseLong(query.get("X-Goog-Expires")));
    if (until.isBefore(Instant.now())) {
      throw new FakeBuckets.Refusal(400, "ExpiredToken", "expired");
    }
  }

  private static String hash(String text) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
