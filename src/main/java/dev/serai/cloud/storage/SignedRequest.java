package dev.serai.cloud.storage;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A request that whoever has its address may make, signed as Google's V4 says: GOOG4-RSA-SHA256.
 *
 * @param path escaped
 * @param headers what must come with it, by names in small letters, with host
 * @param seconds how long from now on it may be made
 */
record SignedRequest(
    String method, String path, Map<String, String> headers, Instant now, long seconds) {

  private static final String ALGORITHM = "GOOG4-RSA-SHA256";
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** The name of an object as a part of an address. */
  static String path(String name) {
    return Arrays.stream(name.split("/", -1))
        .map(SignedRequest::escaped)
        .collect(Collectors.joining("/"));
  }

  private static String escaped(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /**
   * Path and query of the address.
   *
   * @param account whose signature it is
   * @param query what else is asked for
   * @param key signs with the account's key
   */
  String signed(String account, Map<String, String> query, UnaryOperator<byte[]> key) {
    String time = TIME.format(now);
    String scope = time.substring(0, 8) + "/auto/storage/goog4_request";
    Map<String, String> sorted = new TreeMap<>(headers);
    String names = String.join(";", sorted.keySet());
    Map<String, String> all = new TreeMap<>(query);
    all.put("X-Goog-Algorithm", ALGORITHM);
    all.put("X-Goog-Credential", account + "/" + scope);
    all.put("X-Goog-Date", time);
    all.put("X-Goog-Expires", Long.toString(seconds));
    all.put("X-Goog-SignedHeaders", names);
    String parameters =
        all.entrySet().stream()
            .map(item -> escaped(item.getKey()) + "=" + escaped(item.getValue()))
            .collect(Collectors.joining("&"));
    String lines =
        sorted.entrySet().stream()
            .map(item -> item.getKey() + ":" + item.getValue() + "\n")
            .collect(Collectors.joining());
    String request = String.join("\n", method, path, parameters, lines, names, "UNSIGNED-PAYLOAD");
    String text =
        String.join("\n", ALGORITHM, time, scope, HexFormat.of().formatHex(sha256(request)));
    byte[] signature = key.apply(text.getBytes(StandardCharsets.UTF_8));
    return "%s?%s&X-Goog-Signature=%s"
        .formatted(path, parameters, HexFormat.of().formatHex(signature));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
