package dev.serai.webhook;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The address that a request came from. Anybody can write {@code X-Forwarded-For}, so that it is
 * read from its end, where the proxies before this hub have added what they saw, and only as far as
 * these are trusted.
 */
final class Senders {

  private static final String HEADER = "X-Forwarded-For";

  /** Some proxies add the port, and brackets to an address of version 6. */
  private static final Pattern WITH_PORT = Pattern.compile("\\[([^\\]]+)](?::\\d+)?|([^:]+):\\d+");

  private final AddressRanges proxies;

  Senders(List<String> proxies) {
    this.proxies = AddressRanges.parse("serai.webhooks.trusted-proxies", proxies);
  }

  /** The last address on the way that is no trusted proxy; the first, if all are. */
  String of(HttpServletRequest request) {
    String sender = AddressRanges.address(request.getRemoteAddr()).orElse(request.getRemoteAddr());
    List<String> way =
        Collections.list(request.getHeaders(HEADER)).stream()
            .flatMap(line -> Arrays.stream(line.split(",", -1)))
            .toList();
    for (String step : way.reversed()) {
      Optional<String> before = address(step.strip());
      if (!proxies.has(sender) || before.isEmpty()) {
        break;
      }
      sender = before.get();
    }
    return sender;
  }

  private static Optional<String> address(String text) {
    Matcher parts = WITH_PORT.matcher(text);
    if (!parts.matches()) {
      return AddressRanges.address(text);
    }
    return AddressRanges.address(parts.group(1) == null ? parts.group(2) : parts.group(1));
  }
}
