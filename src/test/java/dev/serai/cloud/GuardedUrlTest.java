package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

/** Which URLs may a sink have? */
class GuardedUrlTest {

  private static final String WHERE = "Sink 'partner'";

  private static Guard guard() {
    return new Guard(GuardTest.settings(), new FakeNames());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f000001/",
        "https://0x7f.1/",
        "https://0177.0.0.1/",
        "https://017700000001/",
        "https://127.0.0.0x1/",
        "https://1.1.1.1.0x/",
        "https://256.1.1.1/",
        "https://1.1.1/",
        "https://10.0.0.1:8443/",
        "https://169.254.169.254/latest/meta-data/",
        "https://[::1]/",
        "https://[::ffff:127.0.0.1]/",
        "https://[fe80::1%25eth0]/",
        "https://[fd00:ec2::254]/",
        "https://localhost/",
        "https://LOCALHOST./",
        "https://a.localhost/",
        "https://metadata.google.internal/computeMetadata/v1/",
        "https://metadata/",
        "https://redis:8443/",
        "https://printer.local/",
        "https://partner.example:22/",
        "https://partner.example:6379/",
        "https://partner.example:8080/",
        "https://partner.example:80/",
        "http://partner.example/",
        "http://partner.example:443/",
        "ftp://partner.example/",
        "gopher://partner.example/",
        "file:///etc/passwd",
        "jar:https://partner.example/a.jar!/b",
        "https:partner.example",
        "//partner.example/",
        "https://user@partner.example/",
        "https://user:hunter2@partner.example/",
        "https://1.1.1.1@127.0.0.1/",
        "https://127.0.0.1#@partner.example/",
        "https://partner_.example/",
        "https://\u2460\u2461\u2466.0.0.1/",
        "https://partner.example\\@127.0.0.1/",
        "https://-partner.example/",
        "https:///hooks",
        "{{partner.url}}",
        "",
      })
  void aUrlThatCouldLeadElsewhereIsRefusedBeforeAnythingIsAsked(String url) {
    assertThatThrownBy(() -> guard().check(WHERE, url))
        .isInstanceOf(ForbiddenDestinationException.class)
        .hasMessageContaining(WHERE)
        .hasMessageNotContaining("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://partner.example/hooks?a=b",
        "HTTPS://Partner.Example./",
        "https://partner.example:443/",
        "https://partner.example:8443/",
        "https://1.1.1.1/",
        "https://[2606:4700::1111]/",
        "https://xn--bcher-kva.example/",
        "https://3com.example/",
      })
  void anOrdinaryUrlIsTaken(String url) {
    assertThat(guard().check(WHERE, url)).hasToString(url);
  }

  @Test
  void plainHttpIsForThoseWhoAskForIt() {
    SinkSettings plain =
        new SinkSettings(List.of(), Set.of(443), true, Duration.ofSeconds(5), DataSize.ofBytes(9));
    Guard guard = new Guard(plain, new FakeNames());
    assertThat(guard.check(WHERE, "http://partner.example/")).hasScheme("http");
    assertThatThrownBy(() -> guard.check(WHERE, "http://partner.example:8080/"))
        .hasMessageContaining("port 8080");
  }
}
