package dev.serai.cloud;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/** A name server under the control of whoever attacks: each question gets the next answer. */
final class FakeNames implements DnsResolver {

  private final List<InetAddress[]> answers = new ArrayList<>();
  private int asked;

  static FakeNames of(InetAddress... addresses) {
    return new FakeNames().then(addresses);
  }

  FakeNames then(InetAddress... addresses) {
    answers.add(addresses);
    return this;
  }

  @Override
  public InetAddress[] resolve(String host) {
    InetAddress[] none = {};
    return asked < answers.size() ? answers.get(asked++) : none;
  }

  int asked() {
    return asked;
  }

  @Override
  public String resolveCanonicalHostname(String host) {
    return host;
  }
}
