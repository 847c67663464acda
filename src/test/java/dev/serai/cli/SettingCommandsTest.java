package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.TestHub;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Can limits and flags be set by command? */
class SettingCommandsTest {

  private final TestHub hub = TestHub.shared();
  private final Cli cli = new Cli(hub);
  private final String name = "cli-" + UUID.randomUUID();

  @Test
  void aFlagIsSetListedShownAndDeleted() throws Exception {
    assertThat(
            cli.ask(
                "flags",
                "set",
                name,
                "--percentage",
                "12.5",
                "--user",
                "ann=true",
                "--workspace",
                "acme=false",
                "--description",
                "A test"))
        .isZero();
    assertThat(cli.json().path("users").toString()).isEqualTo("{\"ann\":true}");
    assertThat(cli.ask("flags", "list")).isZero();
    assertThat(cli.out()).containsPattern(name + " +true +12.5 +1 +1 ");
    assertThat(cli.ask("flags", "set", name, "--off")).isZero();
    assertThat(cli.ask("flags", "show", name)).isZero();
    assertThat(cli.json().path("enabled").asBoolean()).isFalse();
    assertThat(cli.ask("flags", "set", name, "--percentage", "101")).isNotZero();
    assertThat(cli.err()).contains("'percentage' is 101");
    assertThat(cli.ask("flags", "delete", name)).isZero();
    assertThat(cli.ask("flags", "show", name)).isNotZero();
  }

  @Test
  void limitsAreSetAndUsageIsShown() throws Exception {
    assertThat(
            cli.ask(
                "usage",
                "limits",
                name,
                "--tokens",
                "200",
                "--cost",
                "1.5",
                "--threshold",
                "50,90"))
        .isZero();
    Api.of(hub)
        .post(
            "/api/v1/usage",
            "{\"workspace\":\"%s\",\"tokens\":50,\"cost\":\"0.3\",\"agent\":\"writer\"}"
                .formatted(name));
    assertThat(cli.ask("usage", "show", name)).isZero();
    assertThat(cli.out())
        .containsPattern("tokens +50 of 200, 25")
        .containsPattern("cost +0.3 of 1.5, 20")
        .containsPattern("writer +1 +50 +0.3");
    assertThat(cli.ask("usage", "show", name, "--daily")).isZero();
    assertThat(cli.out()).contains("DAY");
    assertThat(cli.ask("usage", "show", name, "--json")).isZero();
    assertThat(cli.json().at("/total/tokens").asInt()).isEqualTo(50);
    assertThat(cli.ask("usage", "limits", name)).isZero();
    assertThat(cli.json().path("thresholds").toString()).isEqualTo("[50,90]");
    assertThat(cli.ask("usage", "limits", name, "--none")).isZero();
    assertThat(cli.json().has("tokens")).isFalse();
    assertThat(cli.ask("usage", "show", name, "--period", "2026")).isNotZero();
    assertThat(cli.err()).contains("'period' is '2026'");
  }
}
