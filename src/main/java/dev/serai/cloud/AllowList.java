package dev.serai.cloud;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The hosts and addresses that sinks may reach although they are not public. */
final class AllowList {

  /** The property, as errors name it. */
  static final String PROPERTY = "serai.sinks.allow (SERAI_SINKS_ALLOW)";

  private final Set<String> hosts = new HashSet<>();
  private final List<Range> ranges = new ArrayList<>();

  /**
   * @throws IllegalArgumentException naming the entry that is neither a host nor a range
   */
  AllowList(List<String> entries) {
    for (String entry : entries) {
      Host host = new Host(entry.strip());
      if (host.isAddress() || entry.contains("/")) {
        ranges.add(range(host));
      } else if (host.isName()) {
        hosts.add(host.text());
      } else {
        throw new IllegalArgumentException(
            "%s has '%s', which is no host, address or range such as 10.20.0.0/16"
                .formatted(PROPERTY, entry));
      }
    }
  }

  private static Range range(Host host) {
    try {
      return Range.parse(host.text());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "%s has '%s', which is no range such as 10.20.0.0/16".formatted(PROPERTY, host), e);
    }
  }

  boolean has(Host host) {
    return hosts.contains(host.text()) || host.isAddress() && has(host.address());
  }

  boolean has(InetAddress address) {
    return ranges.stream().anyMatch(range -> range.contains(address));
  }
}
