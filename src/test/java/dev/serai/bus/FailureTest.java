package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.http.base.HttpOperationFailedException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does an exception mean for its delivery? */
class FailureTest {

  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "120, 2026-11-20T10:02:00Z",
    "' 0 ', 2026-11-20T10:00:00Z",
    "'Fri, 20 Nov 2026 11:00:00 GMT', 2026-11-20T11:00:00Z",
    "999999999, 2026-11-21T10:00:00Z",
    "-1, ",
    "soon, ",
    "99999999999999999999, ",
    "'', ",
  })
  void aRemoteSideMayAskForADayOfPatienceAtMost(String header, Instant notBefore) {
    Failure failure =
        of(new HttpOperationFailedException("u", 503, "", null, Map.of("RETRY-AFTER", header), ""));
    assertThat(failure.notBefore()).isEqualTo(notBefore);
  }

  @ParameterizedTest
  @CsvSource({"410, true", "404, false", "503, false"})
  void onlyWhoIsGoneWantsNoRepetition(int status, boolean fatal) {
    assertThat(of(new HttpOperationFailedException("u", status, "", null, Map.of(), "")).fatal())
        .isEqualTo(fatal);
  }

  @Test
  void theLaterOfTheBackoffAndWhatWasAskedForCounts() {
    Failure asked = new Failure("c", "d", false, NOW.plusSeconds(60));
    assertThat(asked.retryAt(NOW.plusSeconds(5))).isEqualTo(NOW.plusSeconds(60));
    assertThat(asked.retryAt(NOW.plusSeconds(90))).isEqualTo(NOW.plusSeconds(90));
  }

  @Test
  void whatCamelWrapsIsLookedInto() {
    try (var camel = new DefaultCamelContext()) {
      var wrapped =
          new CamelExecutionException(
              "outer", new DefaultExchange(camel), new IllegalStateException("inner"));
      assertThat(of(wrapped).cause()).isEqualTo("IllegalStateException");
      assertThat(of(wrapped).detail()).isEqualTo("IllegalStateException: inner");
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anExceptionWithoutANameOfItsOwnHasThatOfItsParent() {
    assertThat(of(new IllegalStateException("anonymous") {}).cause())
        .isEqualTo("IllegalStateException");
  }

  private static Failure of(Throwable thrown) {
    var policy =
        new DeliveryPolicy(
            1,
            Duration.ZERO,
            Duration.ZERO,
            null,
            Duration.ofSeconds(1),
            1,
            false,
            BatchPolicy.NONE,
            Set.of());
    return Failure.of(thrown, policy, CLOCK);
  }
}
