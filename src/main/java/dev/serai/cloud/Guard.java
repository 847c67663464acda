package dev.serai.cloud;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Keeps sinks away from everything that is not the public Internet, unless it is allowed. As the
 * HTTP client's resolver it is asked once for each connection, which then goes to the addresses
 * that were checked: a name that means another address a moment later changes nothing.
 */
final class Guard implements DnsResolver {

  private final AllowList allowed;
  private final SinkSettings settings;
  private final DnsResolver names;

  /**
   * @param names looks hosts up
   */
  Guard(SinkSettings settings, DnsResolver names) {
    this.allowed = new AllowList(settings.allow());
    this.settings = settings;
    this.names = names;
  }

  /**
   * Checks what can be checked without asking a name server. No error has the URL in it, which may
   * be as good as a password.
   *
   * @param where what the URL belongs to, for errors
   * @throws ForbiddenDestinationException saying what would be right
   */
  URI check(String where, String url) {
    URI uri = parse(where, url);
    Host host = new Host(uri.getHost());
    if (uri.getRawUserInfo() != null) {
      throw refused(where, host, "has a user or password in its URL; send them as a header");
    }
    String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
    if (!List.of("http", "https").contains(scheme)) {
      throw refused(where, host, "has the scheme '%s'; it must be https".formatted(scheme));
    }
    if (allowed.has(host)) {
      return uri;
    }
    if (scheme.equals("http") && !settings.plainHttp()) {
      throw refused(
          where,
          host,
          "has the scheme 'http'; it must be https, or the host be in %s"
              .formatted(AllowList.PROPERTY));
    }
    int usual = scheme.equals("https") ? 443 : 80;
    int port = uri.getPort() >= 0 ? uri.getPort() : usual;
    if (port != usual && !settings.ports().contains(port)) {
      throw refused(
          where,
          host,
          "has the port %s; it must be one of serai.sinks.ports %s, or the host be in %s"
              .formatted(port, new TreeSet<>(settings.ports()), AllowList.PROPERTY));
    }
    checkHost(where, host);
    return uri;
  }

  private static URI parse(String where, String url) {
    try {
      URI uri = new URI(url);
      if (uri.getScheme() != null && uri.getHost() != null) {
        return uri;
      }
    } catch (URISyntaxException ignored) {
      // Its message has the URL in it.
    }
    throw new ForbiddenDestinationException(
        where + " has no valid URL; it must look like https://partner.example/hooks");
  }

  private void checkHost(String where, Host host) {
    if (host.isAddress()) {
      checkAddress("%s: host".formatted(where), host, host.address());
    } else if (!host.isName()) {
      throw refused(where, host, "is no name and no usual notation of an address");
    } else if (host.isInternalName()) {
      throw refused(
          where,
          host,
          "is a name of a private network; if that is wanted, add it to " + AllowList.PROPERTY);
    }
  }

  private static ForbiddenDestinationException refused(String where, Host host, String why) {
    return new ForbiddenDestinationException("%s: host '%s' %s".formatted(where, host, why));
  }

  /** One address that is not public refuses all of them. */
  @Override
  public InetAddress[] resolve(String name) throws UnknownHostException {
    Host host = new Host(name);
    InetAddress[] addresses = names.resolve(name);
    if (addresses == null || addresses.length == 0) {
      throw new UnknownHostException("Host '%s' has no address".formatted(host));
    }
    if (!allowed.has(host)) {
      for (InetAddress address : addresses) {
        checkAddress("Host", host, address);
      }
    }
    return addresses;
  }

  private void checkAddress(String what, Host host, InetAddress address) {
    if (allowed.has(address)) {
      return;
    }
    PublicAddresses.objection(address)
        .ifPresent(
            objection -> {
              throw new ForbiddenDestinationException(
                  "%s '%s' is at %s, which is not public (%s); if that is wanted, add the host or the address to %s"
                      .formatted(
                          what, host, address.getHostAddress(), objection, AllowList.PROPERTY));
            });
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
