package dev.serai.cloud.google;

import dev.serai.telemetry.ExportHeaders;
import java.io.IOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Shows the hub's account to Google's own receivers of telemetry, and to nobody else. */
final class GoogleExportHeaders implements ExportHeaders {

  private static final Logger log = LoggerFactory.getLogger(GoogleExportHeaders.class);
  private static final String GOOGLE = ".googleapis.com";

  private final GoogleAccount account;

  GoogleExportHeaders(GoogleAccount account) {
    this.account = account;
  }

  @Override
  public Map<String, String> of(URI receiver) {
    if (!"https".equals(receiver.getScheme()) || !receiver.getHost().endsWith(GOOGLE)) {
      return Map.of();
    }
    try {
      Map<String, String> headers = new HashMap<>();
      account
          .credentials("")
          .getRequestMetadata(receiver)
          .forEach((name, values) -> headers.put(name, String.join(",", values)));
      headers.putIfAbsent("x-goog-user-project", account.project());
      return headers;
    } catch (IOException | GoogleException e) {
      log.warn("Telemetry for {} is posted without a token: {}", receiver, e.getMessage());
      return Map.of();
    }
  }
}
