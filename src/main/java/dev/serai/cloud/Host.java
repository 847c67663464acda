package dev.serai.cloud;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A host as a URL names it: in small letters, without brackets or a last dot. */
final class Host {

  private static final Pattern QUAD = Pattern.compile("(0|[1-9]\\d{0,2})(\\.(0|[1-9]\\d{0,2})){3}");
  private static final Pattern NUMBER = Pattern.compile("(?:.*\\.)?(?:\\d+|0x[0-9a-f]*)");
  private static final Pattern NAME =
      Pattern.compile("[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*");
  private static final List<String> INTERNAL =
      List.of(
          ".localhost", ".local", ".internal", ".localdomain", ".home.arpa", ".lan", ".intranet");

  private final String text;

  Host(String host) {
    String bare =
        host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    String small = bare.toLowerCase(Locale.ROOT);
    this.text = small.endsWith(".") ? small.substring(0, small.length() - 1) : small;
  }

  String text() {
    return text;
  }

  /** Whether it is an address in its one usual notation. */
  boolean isAddress() {
    if (text.contains(":")) {
      return !text.contains("%") && literal().isPresent();
    }
    return QUAD.matcher(text).matches() && literal().isPresent();
  }

  InetAddress address() {
    return literal().orElseThrow();
  }

  private Optional<InetAddress> literal() {
    try {
      return Optional.of(InetAddress.ofLiteral(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  boolean isName() {
    return NAME.matcher(text).matches() && !isNumber();
  }

  /** Whether it ends like a number, which some programs read as an address: 2130706433, 0x7f.1. */
  boolean isNumber() {
    return NUMBER.matcher(text).matches();
  }

  /** Whether it is a name that only a private network knows. */
  boolean isInternalName() {
    return !text.contains(".") || INTERNAL.stream().anyMatch(text::endsWith);
  }

  @Override
  public String toString() {
    return text;
  }
}
