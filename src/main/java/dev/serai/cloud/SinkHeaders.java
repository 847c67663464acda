package dev.serai.cloud;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Headers that a sink adds, written {@code Name: value|Other: value}. */
final class SinkHeaders {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`~-]+");
  private static final Pattern VALUE = Pattern.compile("[ -~]*");

  /** Those that HTTP, the signature or Camel sets or takes away. */
  private static final Set<String> OTHERS =
      Set.of(
          "cache-control",
          "connection",
          "content-encoding",
          "content-length",
          "content-type",
          "date",
          "expect",
          "host",
          "keep-alive",
          "pragma",
          "te",
          "traceparent",
          "tracestate",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via",
          "warning");

  private static final List<String> PREFIXES =
      List.of("webhook-", "proxy-", "camel", "org.apache.camel");

  private SinkHeaders() {}

  /**
   * @param where what has the text, for errors
   * @throws IllegalArgumentException without the value, which may be secret
   */
  static Map<String, String> parse(String where, String text) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String part : text.split("\\|", -1)) {
      if (!part.isBlank()) {
        int colon = part.indexOf(':');
        String name = colon < 0 ? "" : part.substring(0, colon).strip();
        String value = part.substring(colon + 1).strip();
        check(where, headers.size() + 1, name, value);
        headers.put(name, value);
      }
    }
    return headers;
  }

  /**
   * @param number which one it is, for errors
   * @throws IllegalArgumentException without the value, which may be secret
   */
  static void check(String where, int number, String name, String value) {
    if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
      throw new IllegalArgumentException(
          "%s: header %s must be written 'Name: value', in ASCII; several are divided by |"
              .formatted(where, number));
    }
    requireFree(where, name);
  }

  private static void requireFree(String where, String name) {
    String small = name.toLowerCase(Locale.ROOT);
    if (OTHERS.contains(small) || PREFIXES.stream().anyMatch(small::startsWith)) {
      throw new IllegalArgumentException(
          "%s: header '%s' is set by the sink itself".formatted(where, name));
    }
  }
}
