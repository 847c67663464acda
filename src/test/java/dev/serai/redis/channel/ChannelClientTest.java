package dev.serai.redis.channel;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What waits for a client, and for how long does that go well? */
class ChannelClientTest {

  private static final byte[] TEN = "0123456789".getBytes(StandardCharsets.UTF_8);

  @Test
  void oneThatReadsGetsEverythingInOrder() throws Exception {
    ChannelClient client = new ChannelClient(null, 30);
    for (int i = 0; i < 100; i++) {
      assertThat(client.offer(TEN)).isTrue();
      assertThat(client.next(Duration.ZERO)).containsExactly(TEN);
    }
    assertThat(client.end()).isNull();
  }

  @Test
  void oneThatDoesNotIsDroppedAndToldWhyAndNothingOfItStaysInMemory() throws Exception {
    ChannelClient client = new ChannelClient(null, 30);
    for (int i = 0; i < 3; i++) {
      assertThat(client.offer(TEN)).isTrue();
    }
    assertThat(client.offer(TEN)).as("the one too many").isFalse();
    assertThat(client.offer(TEN)).as("told of once").isTrue();
    assertThat(client.next(Duration.ofDays(1))).isEmpty();
    assertThat(new String(client.end(), StandardCharsets.UTF_8)).contains("too_slow");
  }

  @Test
  void itsWorkspaceIsReadWhereverItStands() {
    ChannelClient acme = new ChannelClient("acme", 30);
    assertThat(acme.wants(parsed("{\"workspace\":\"acme\"}"))).isTrue();
    assertThat(acme.wants(parsed("{\"data\":{\"workspace\":\"x\"}}"))).isTrue();
    assertThat(acme.wants(parsed("{\"data\":[1],\"workspace\":\"x\"}"))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "text", "[]", "{", "{\"a\":1} {}", "1"})
  void whatIsNoObjectIsNoMessage(String text) {
    assertThat(ChannelMessage.parse(text)).isNull();
  }

  @Test
  void aLineBreakInAMessageDoesNotEndIt() {
    assertThat(parsed("{\n\"a\": 1\r\n}").json()).isEqualTo("{ \"a\": 1  }");
  }

  private static ChannelMessage parsed(String text) {
    return Objects.requireNonNull(ChannelMessage.parse(text));
  }
}
