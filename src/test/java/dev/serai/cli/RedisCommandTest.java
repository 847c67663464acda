package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import org.junit.jupiter.api.Test;

/** What do the commands about Redis print? */
class RedisCommandTest {

  private final Cli cli = new Cli(TestHub.shared());

  @Test
  void howItIsAndWhichKeysNeverEnd() throws Exception {
    assertThat(cli.ask("redis", "info")).isZero();
    assertThat(cli.out())
        .containsPattern("version +7\\.")
        .containsPattern("eviction_policy +noeviction");
    assertThat(cli.ask("redis", "info", "--json")).isZero();
    assertThat(cli.json().path("prefix").asText()).isEqualTo("serai:");
    assertThat(cli.ask("redis", "keys", "--limit", "5")).isZero();
    assertThat(cli.out()).contains("have no expiry and should have one");
    assertThat(cli.ask("redis", "keys", "--limit", "0")).isEqualTo(1);
    assertThat(cli.err()).contains("'limit'");
  }
}
