package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.TestHub;
import dev.serai.phonepe.PhonePeApi;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When is a token of PhonePe's fetched, and what becomes of it? */
class PhonePeTokenTest {

  private final PhonePeApi api = start();
  private final SetClock clock = new SetClock();
  private final PhonePeToken token = token(PhonePeApi.CLIENT, PhonePeApi.SECRET);

  private static PhonePeApi start() {
    try {
      return PhonePeApi.start();
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private PhonePeToken token(String client, String secret) {
    return new PhonePeToken(
        new PhonePeSettings(
            api.url("pg"), api.url("identity"), client, secret, "1", 1, 1, Duration.ofSeconds(5)),
        TestHub.shared().camel(),
        clock);
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void itIsFetchedOnceForAllWhoWait() throws Exception {
    Set<String> values = new HashSet<>();
    try (ExecutorService workers = Executors.newFixedThreadPool(16)) {
      Callable<String> ask = token::value;
      for (Future<String> value : workers.invokeAll(Collections.nCopies(64, ask))) {
        values.add(value.get());
      }
    }
    assertThat(values).hasSize(1);
    assertThat(api.tokens()).isEqualTo(1);
  }

  @Test
  void itIsFetchedAnewWhenHalfOfItsLifeIsOver() throws Exception {
    String first = token.value();
    clock.pass(Duration.ofSeconds(1_799));
    assertThat(token.value()).isEqualTo(first);
    clock.pass(Duration.ofSeconds(2));
    assertThat(token.value()).isNotEqualTo(first);
    assertThat(api.tokens()).isEqualTo(2);
  }

  @Test
  void theOldOneIsUsedWhileThereIsNoNewOneAndItLives() throws Exception {
    String first = token.value();
    api.tokens(3_600, 500);
    clock.pass(Duration.ofSeconds(1_801));
    assertThat(token.value()).isEqualTo(first);
    assertThat(token.value()).isEqualTo(first);
    assertThat(api.tokens()).as("not asked again at once").isEqualTo(2);
    clock.pass(Duration.ofSeconds(1_800));
    assertThatThrownBy(token::value).isInstanceOf(ReceiverException.class);
  }

  @Test
  void whoGetsNoneDoesNotAskAgainAtOnce() throws Exception {
    api.tokens(3_600, 429);
    assertThatThrownBy(token::require)
        .isInstanceOf(ReceiverException.class)
        .hasMessageContaining("answered 429");
    assertThatThrownBy(token::require).isInstanceOf(NotYetException.class);
    assertThat(api.tokens()).isEqualTo(1);
    api.tokens(3_600, 200);
    clock.pass(Duration.ofSeconds(6));
    token.require();
    assertThat(api.tokens()).isEqualTo(2);
  }

  @Test
  void oneThatIsRefusedIsThrownAwayOnce() throws Exception {
    String first = token.value();
    token.refused(first);
    String second = token.value();
    token.refused(first);
    assertThat(token.value()).isEqualTo(second).isNotEqualTo(first);
  }

  @Test
  void anAnswerWithoutLifeIsNone() {
    api.tokens(0, 200);
    assertThatThrownBy(token::value)
        .hasMessageContaining("expires_at")
        .hasMessageNotContaining("token-");
  }

  @Test
  void whatPhonePeEchoesOfTheSecretIsNotTold() {
    assertThatThrownBy(() -> token(PhonePeApi.CLIENT, "a wrong secret").value())
        .hasMessageContaining("answered 401")
        .hasMessageContaining("client_secret=***")
        .hasMessageNotContaining("wrong");
  }

  @Test
  void withoutAClientTheErrorNamesTheProperty() {
    assertThatThrownBy(() -> token("", "x").require())
        .isInstanceOf(MissingClientException.class)
        .hasMessageContaining("serai.phonepe.client-id (SERAI_PHONEPE_CLIENT_ID) is not set");
    assertThatThrownBy(() -> token("x", " ").require())
        .hasMessageContaining("serai.phonepe.client-secret (SERAI_PHONEPE_CLIENT_SECRET)");
    assertThat(api.tokens()).isZero();
  }

  @Test
  void anAddressThatIsNoneIsRefused() {
    for (String url :
        new String[] {"", "api.phonepe.com", "https://a/b/", "https://u@a/b", "https://a?b"}) {
      assertThatThrownBy(
              () ->
                  new PhonePeSettings(
                      url, api.url("identity"), "", "", "1", 1, 1, Duration.ofSeconds(1)))
          .hasMessageStartingWith("serai.phonepe.api-url is '%s'".formatted(url));
    }
  }

  /** Stands still until it is told that time has passed. */
  private static final class SetClock extends Clock {
    private volatile Instant now = Instant.now();

    void pass(Duration time) {
      now = now.plus(time);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }
}
