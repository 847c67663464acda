package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts are time spans? */
class TimeSpanTest {

  @ParameterizedTest
  @CsvSource({
    "0, PT0S",
    "250, PT0.25S",
    "250ms, PT0.25S",
    "90s, PT90S",
    "5m, PT5M",
    "24h, PT24H",
    "7d, P7D",
    "1h30m, PT1H30M",
    "1d12h, P1DT12H",
    "' 5S ', PT5S",
    "PT90S, PT90S",
  })
  void numbersWithUnits(String text, Duration span) {
    assertThat(TimeSpan.parse("event", "delay", text)).isEqualTo(span);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "quickly",
        "s",
        "5 lightyears",
        "-1",
        "-5s",
        "PT-5S",
        "1m1h",
        "5x",
        "d",
        "99999999999d",
        "1.5s",
        "p"
      })
  void noOthers(String text) {
    assertThatThrownBy(() -> TimeSpan.parse("event", "delay", text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("event: option 'delay' is '" + text + "'");
  }
}
