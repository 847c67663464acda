package dev.serai.telemetry;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is shown to a receiver of telemetry beside the headers that are configured, such as a token
 * that ends. It is asked before each post, and never fails: without it the receiver refuses.
 */
@FunctionalInterface
public interface ExportHeaders {

  /** Headers by name; none, if the receiver at this address wants nothing. */
  Map<String, String> of(URI receiver);

  /**
   * Reads {@code Name: value}, several divided by {@code |}.
   *
   * @param property whose value it is, for the error
   * @throws IllegalArgumentException without the value, which may be a secret
   */
  static Map<String, String> parse(String property, String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String header : text.split("\\|", -1)) {
      int colon = header.indexOf(':');
      if (colon > 0) {
        headers.put(header.substring(0, colon).strip(), header.substring(colon + 1).strip());
      } else if (!header.isBlank()) {
        throw new IllegalArgumentException(
            property + " must be written 'Name: value'; several are divided by |");
      }
    }
    return headers;
  }
}
