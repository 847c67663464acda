package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.serai.EngineTurn;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does a route with a wrong option say? */
@EngineTurn
class OptionsTest {

  private final TestHub hub = TestHub.engine();

  @ParameterizedTest
  @CsvSource({
    "types, ''",
    "types, a..b",
    "types, a b",
    "types, in*.x",
    "timeout, 0",
    "timeout, quickly",
    "backoff, 5 lightyears",
    "backoff, -1",
    "maxBackoff, 1ms",
    "maxAge, old",
    "retries, -1",
    "retries, many",
    "concurrency, 0",
    "concurrency, 1001",
    "orderBy, colour",
    "keyConcurrency, 2",
    "keyConcurrency, 0",
    "onDead, bury",
    "onDead, block",
    "filter, colour = red",
    "batch, 0",
    "batchWithin, soon",
    "transaction, perhaps",
    "rate, 5/day",
    "rate, 0/s",
    "breakerThreshold, -1",
    "breakerThreshold, 1001",
    "breakerWindow, 0",
    "breakerPause, soon",
    "breakerMaxPause, 1ms",
    "reties, 3",
  })
  void itNamesTheOptionAndTheValue(String option, String value) throws Exception {
    try (var handler = TestHandler.of(hub).with(option, value)) {
      Throwable refused = catchThrowable(() -> handler.handle(exchange -> {}));
      try {
        assertThat(refused).isNotNull();
        StringWriter all = new StringWriter();
        refused.printStackTrace(new PrintWriter(all));
        assertThat(all.toString()).contains(option).contains(value);
      } finally {
        hub.camel().removeRoute(handler.id());
      }
    }
  }
}
