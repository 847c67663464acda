package dev.serai.cloud;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Signs as Standard Webhooks 1.0.0 says: HMAC-SHA256 over id, dot, seconds, dot and body, one
 * signature for each secret that is valid.
 */
final class StandardWebhooks {

  /** What may stand in a header; no dot, which divides the signed parts. */
  private static final Pattern ID = Pattern.compile("[!-~&&[^.]]{1,256}");

  private StandardWebhooks() {}

  static Map<String, String> headers(
      String id, Instant now, byte[] body, List<SigningSecret> secrets) {
    if (!ID.matcher(id).matches()) {
      throw new IllegalArgumentException(
          "http-post: the id '%s' must be 1 to 256 visible ASCII characters without a dot"
              .formatted(id));
    }
    String seconds = Long.toString(now.getEpochSecond());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("webhook-id", id);
    headers.put("webhook-timestamp", seconds);
    byte[] prefix = "%s.%s.".formatted(id, seconds).getBytes(StandardCharsets.US_ASCII);
    if (!secrets.isEmpty()) {
      headers.put(
          "webhook-signature",
          secrets.stream()
              .map(secret -> "v1," + Base64.getEncoder().encodeToString(secret.sign(prefix, body)))
              .collect(Collectors.joining(" ")));
    }
    return headers;
  }
}
