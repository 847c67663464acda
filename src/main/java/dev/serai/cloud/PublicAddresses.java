package dev.serai.cloud;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells the addresses of the public Internet from all others: the registries of special-purpose
 * addresses (RFC 6890), and what clouds have put at public ones.
 */
final class PublicAddresses {

  /** The only IPv6 addresses that are given to hosts; everything else is special. */
  private static final Range GLOBAL_UNICAST = Range.parse("2000::/3");

  private static final Map<Range, String> SPECIAL = new LinkedHashMap<>();

  static {
    add("loopback", "127.0.0.0/8");
    add("private", "10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16");
    add("link-local, where clouds keep their metadata", "169.254.0.0/16");
    add("shared address space", "100.64.0.0/10");
    add("this network", "0.0.0.0/8");
    add("multicast", "224.0.0.0/4");
    add("reserved", "192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4");
    add("for documentation", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24");
    add("for benchmarks", "198.18.0.0/15");
    add("a cloud's own", "168.63.129.16");
    // Within the global unicast addresses; tunnels are refused because they lead to any IPv4 one.
    add("a tunnel to IPv4 (6to4)", "2002::/16");
    add("a tunnel to IPv4 (Teredo)", "2001::/32");
    add("for documentation", "2001:db8::/32", "3fff::/20");
    add("reserved", "2001::/23");
  }

  private PublicAddresses() {}

  private static void add(String what, String... ranges) {
    for (String range : ranges) {
      SPECIAL.put(Range.parse(range), what);
    }
  }

  /** What an address is instead of public; empty if it is public. */
  static Optional<String> objection(InetAddress address) {
    for (var special : SPECIAL.entrySet()) {
      if (special.getKey().contains(address)) {
        return Optional.of("%s, %s".formatted(special.getValue(), special.getKey()));
      }
    }
    boolean strange = address.getAddress().length == 16 && !GLOBAL_UNICAST.contains(address);
    return strange ? Optional.of("not of the public range " + GLOBAL_UNICAST) : Optional.empty();
  }
}
