package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Where may a sink not post to? */
class GuardTest {
  private static final String WHERE = "Sink 'partner'";

  static SinkSettings settings(String... allow) {
    return new SinkSettings(
        List.of(allow), Set.of(443, 8443), false, Duration.ofSeconds(5), DataSize.ofKilobytes(16));
  }

  private static Guard guard(String... allow) {
    return new Guard(settings(allow), new FakeNames());
  }

  @ParameterizedTest
  @CsvSource({
    "127.0.0.1, loopback",
    "127.255.255.254, loopback",
    "10.0.0.1, private",
    "10.255.255.255, private",
    "172.16.0.1, private",
    "172.31.255.255, private",
    "192.168.0.1, private",
    "192.168.255.255, private",
    "169.254.169.254, link-local",
    "169.254.170.2, link-local",
    "169.254.0.1, link-local",
    "100.64.0.1, shared",
    "100.100.100.200, shared",
    "100.127.255.255, shared",
    "0.0.0.0, this network",
    "0.1.2.3, this network",
    "192.0.0.192, reserved",
    "192.88.99.1, reserved",
    "192.0.2.1, documentation",
    "198.51.100.1, documentation",
    "203.0.113.1, documentation",
    "198.18.0.1, benchmarks",
    "198.19.255.255, benchmarks",
    "224.0.0.1, multicast",
    "239.255.255.255, multicast",
    "240.0.0.1, reserved",
    "255.255.255.255, reserved",
    "168.63.129.16, cloud",
    "::, not of the public range",
    "::1, not of the public range",
    "::7f00:1, not of the public range",
    "::10.0.0.1, not of the public range",
    "::ffff:127.0.0.1, loopback",
    "::ffff:169.254.169.254, link-local",
    "::ffff:a00:1, private",
    "::ffff:0:127.0.0.1, not of the public range",
    "64:ff9b::a00:1, not of the public range",
    "64:ff9b::169.254.169.254, not of the public range",
    "64:ff9b:1::1, not of the public range",
    "100::1, not of the public range",
    "fc00::1, not of the public range",
    "fd00:ec2::254, not of the public range",
    "fd20:ce::254, not of the public range",
    "fe80::1, not of the public range",
    "febf::1, not of the public range",
    "fec0::1, not of the public range",
    "ff02::1, not of the public range",
    "5f00::1, not of the public range",
    "2002:7f00:1::, 6to4",
    "2002:a9fe:a9fe::1, 6to4",
    "2001:0:7f00:1::1, Teredo",
    "2001:db8::1, documentation",
    "3fff::1, documentation",
    "2001:2::1, reserved",
    "2001:10::1, reserved",
  })
  void anAddressThatIsNotPublicIsRefused(String address, String reason) throws Exception {
    InetAddress at = InetAddress.ofLiteral(address);
    Guard guard = new Guard(settings(), FakeNames.of(at));
    assertThatThrownBy(() -> guard.resolve("partner.example"))
        .isInstanceOf(ForbiddenDestinationException.class)
        .hasMessageContainingAll(
            "Host 'partner.example'", at.getHostAddress(), reason, "SERAI_SINKS_ALLOW");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "11.0.0.0",
        "172.15.255.255",
        "172.32.0.1",
        "192.167.1.1",
        "100.63.255.255",
        "100.128.0.1",
        "169.253.1.1",
        "198.17.1.1",
        "198.20.0.1",
        "223.255.255.255",
        "2606:4700::1111",
        "2a00:1450:4001:80e::200e",
        "2001:4860:4860::8888",
        "::ffff:1.1.1.1",
      })
  void aPublicAddressIsReached(String address) throws Exception {
    InetAddress at = InetAddress.ofLiteral(address);
    assertThat(new Guard(settings(), FakeNames.of(at)).resolve("partner.example"))
        .containsExactly(at);
  }

  @Test
  void oneAddressThatIsNotPublicRefusesAll() throws Exception {
    FakeNames names =
        FakeNames.of(InetAddress.ofLiteral("1.1.1.1"), InetAddress.ofLiteral("10.0.0.1"));
    assertThatThrownBy(() -> new Guard(settings(), names).resolve("partner.example"))
        .hasMessageContaining("10.0.0.1");
  }

  @Test
  void anAllowedHostIsFreeInSchemePortAndAddress() throws Exception {
    InetAddress at = InetAddress.ofLiteral("10.1.2.3");
    Guard guard = new Guard(settings("Billing.Internal"), FakeNames.of(at).then(at));
    assertThat(guard.check(WHERE, "http://billing.internal:9999/")).hasPort(9999);
    assertThat(guard.resolve("billing.internal")).containsExactly(at);
    assertThatThrownBy(() -> guard.resolve("other.internal"))
        .isInstanceOf(ForbiddenDestinationException.class);
    assertThatThrownBy(() -> guard.check(WHERE, "http://evil.billing.internal:9999/"))
        .isInstanceOf(ForbiddenDestinationException.class);
  }

  @Test
  void anAllowedRangeOpensItsAddressesAndNoOthers() throws Exception {
    SinkSettings settings = settings("10.20.0.0/15", "fd00:1::/32", "127.0.0.1");
    for (String address : List.of("10.20.0.1", "10.21.255.255", "fd00:1::7", "127.0.0.1")) {
      InetAddress at = InetAddress.ofLiteral(address);
      assertThat(new Guard(settings, FakeNames.of(at)).resolve("x.example")).containsExactly(at);
    }
    for (String address : List.of("10.19.255.255", "10.22.0.0", "fd00:2::7", "127.0.0.2")) {
      Guard guard = new Guard(settings, FakeNames.of(InetAddress.ofLiteral(address)));
      assertThatThrownBy(() -> guard.resolve("x.example"))
          .isInstanceOf(ForbiddenDestinationException.class);
    }
    Guard guard = guard("127.0.0.1", "fd00:1::/32");
    assertThat(guard.check(WHERE, "http://127.0.0.1:4242/")).hasPort(4242);
    assertThat(guard.check(WHERE, "http://[fd00:1::7]:80/")).hasPort(80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"10.0.0.0/33", "10.0.0/8", "a b", "http://x", "2130706433", "fc00::/129"})
  void anEntryWithoutSenseIsNamed(String entry) {
    assertThatThrownBy(() -> guard(entry)).hasMessageContainingAll("SERAI_SINKS_ALLOW", entry);
  }

  @Test
  void aNameWithoutAnAddressIsUnknown() {
    assertThatThrownBy(() -> guard().resolve("gone.example"))
        .isInstanceOf(UnknownHostException.class);
  }
}
