package dev.serai.webhook;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.web.util.matcher.IpAddressMatcher;

/** Addresses and ranges such as {@code 103.116.33.8/30} or {@code 2001:db8::/32}. */
final class AddressRanges {

  private static final Pattern RANGE = Pattern.compile("([^/]+)(/\\d{1,3})?");

  private final List<IpAddressMatcher> ranges;

  private AddressRanges(List<IpAddressMatcher> ranges) {
    this.ranges = ranges;
  }

  /**
   * @param where what has the list, for errors
   * @throws IllegalArgumentException naming the item that is neither an address nor a range
   */
  static AddressRanges parse(String where, List<String> items) {
    return new AddressRanges(items.stream().map(item -> range(where, item.strip())).toList());
  }

  private static IpAddressMatcher range(String where, String item) {
    var parts = RANGE.matcher(item);
    try {
      // The matcher would ask a name server for what only looks like an address.
      if (parts.matches() && address(parts.group(1)).isPresent()) {
        return new IpAddressMatcher(item);
      }
    } catch (IllegalArgumentException e) {
      throw problem(where, item, e);
    }
    throw problem(where, item, null);
  }

  private static IllegalArgumentException problem(
      String where, String item, @Nullable Throwable cause) {
    return new IllegalArgumentException(
        "%s has '%s'; it must be an address or a range such as 103.116.33.8/30"
            .formatted(where, item),
        cause);
  }

  /** An address in its usual form; nothing for all that is none. Asks no name server. */
  static Optional<String> address(String text) {
    try {
      return Optional.of(InetAddress.ofLiteral(text).getHostAddress().replaceFirst("%.*", ""));
    } catch (IllegalArgumentException none) {
      return Optional.empty();
    }
  }

  boolean isEmpty() {
    return ranges.isEmpty();
  }

  boolean has(String address) {
    return ranges.stream().anyMatch(range -> range.matches(address));
  }
}
