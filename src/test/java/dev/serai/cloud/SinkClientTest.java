package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.junit.jupiter.api.Test;

/** Does a connection go to the address that was checked? */
class SinkClientTest {

  private static final InetAddress HERE = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress METADATA = InetAddress.ofLiteral("169.254.169.254");

  /** To this guard, the test's server is public and all else what it is. */
  private final SinkSettings settings = GuardTest.settings("127.0.0.1");

  private int post(FakeNames names, Partner partner, int times) throws IOException {
    int status = 0;
    try (SinkClient sinks = new SinkClient(settings, new Guard(settings, names))) {
      HttpClientBuilder builder = HttpClientBuilder.create();
      sinks.configureHttpClient(builder);
      try (CloseableHttpClient client = builder.build()) {
        for (int i = 0; i < times; i++) {
          HttpPost post = new HttpPost("http://rebinding.example:" + partner.port() + "/");
          byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
          post.setEntity(new PostEntity(body, ContentType.APPLICATION_JSON, Duration.ofSeconds(5)));
          status = client.execute(post, response -> response.getCode());
        }
      }
    }
    return status;
  }

  @Test
  void aNameThatChangesItsMeaningIsAskedOnceAndNotAgain() throws Exception {
    try (Partner partner = Partner.start().answer(200)) {
      FakeNames names = FakeNames.of(HERE).then(METADATA);
      assertThat(post(names, partner, 1)).isEqualTo(200);
      assertThat(names.asked()).isEqualTo(1);
      assertThat(partner.posts()).hasSize(1);
    }
  }

  @Test
  void anotherConnectionIsCheckedAnew() throws Exception {
    try (Partner partner = Partner.start().answer(200, "ok", "Connection", "close")) {
      FakeNames names = FakeNames.of(HERE).then(METADATA);
      assertThatThrownBy(() -> post(names, partner, 2))
          .isInstanceOf(ForbiddenDestinationException.class)
          .hasMessageContainingAll("rebinding.example", "169.254.169.254");
      assertThat(partner.posts()).hasSize(1);
    }
  }

  @Test
  void aConnectionThatIsKeptNeedsNoOtherAddress() throws Exception {
    try (Partner partner = Partner.start().answer(200)) {
      FakeNames names = FakeNames.of(HERE).then(METADATA);
      assertThat(post(names, partner, 3)).isEqualTo(200);
      assertThat(names.asked()).isEqualTo(1);
    }
  }

  @Test
  void nothingElseMayUseTheClient() throws Exception {
    try (SinkClient sinks = new SinkClient(settings, new Guard(settings, FakeNames.of(HERE)))) {
      HttpClientBuilder builder = HttpClientBuilder.create();
      sinks.configureHttpClient(builder);
      try (CloseableHttpClient client = builder.build()) {
        HttpPost post = new HttpPost("http://unlimited.example/");
        post.setEntity(new StringEntity("of unknown length of time"));
        assertThatThrownBy(() -> client.execute(post, response -> 0))
            .isInstanceOf(IllegalStateException.class);
      }
    }
  }
}
