package dev.serai.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which mode does an event have? */
@Execution(ExecutionMode.CONCURRENT)
class CheckSettingsTest {

  @Test
  void ourOwnAreRefusedAndOthersWarnedOf() {
    CheckModes modes = new CheckSettings(null, List.of(), List.of()).modes();

    assertThat(modes.of("lamp.lit", "serai")).isEqualTo(CheckMode.REFUSE);
    assertThat(modes.of("lamp.lit", "stripe")).isEqualTo(CheckMode.WARN);
  }

  @Test
  void aTypeComesBeforeASourceAndThatBeforeAll() {
    CheckModes modes =
        new CheckSettings(
                CheckMode.OFF,
                List.of("api = refuse"),
                List.of("lamp.lit=warn", "lamp.*=REFUSE", "door.*=off"))
            .modes();

    assertThat(modes.of("lamp.lit", "api")).isEqualTo(CheckMode.WARN);
    assertThat(modes.of("lamp.sold", "serai")).isEqualTo(CheckMode.REFUSE);
    assertThat(modes.of("door.opened", "api")).isEqualTo(CheckMode.OFF);
    assertThat(modes.of("window.opened", "api")).isEqualTo(CheckMode.REFUSE);
    assertThat(modes.of("window.opened", "serai")).isEqualTo(CheckMode.OFF);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lamp.lit", "=off", "lamp.lit=maybe", "lamp..lit=off", "l*=off"})
  void aRuleWithoutSenseIsNamedWithItsProperty(String rule) {
    assertThatThrownBy(() -> new CheckSettings(null, List.of(), List.of(rule)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("serai.events.check.types (SERAI_EVENTS_CHECK_TYPES)")
        .hasMessageContaining(rule.split("=", -1)[0]);
  }
}
