package dev.serai.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which rule counts for whom? */
class LimitSettingsTest {

  private static final Map<String, String> TIERS =
      Map.of("free", "chat.*=20/1m, a*b=3/500ms, *=1000/1h", "pro", "chat.*=200/1m");

  private final Tiers tiers = Tiers.of(TIERS, "free", List.of("acme=pro", "key:ci=free"));

  @ParameterizedTest
  @CsvSource({
    "initech, chat.send, , chat.*, 20",
    "acme, chat.send, , chat.*, 200",
    "acme, chat.send, free, chat.*, 20",
    "initech, 'a/x\nb', , a*b, 3",
    "initech, chat, , *, 1000",
    "key:ci, 'chat(', , *, 1000",
  })
  void theFirstRuleOfTheSubjectsTierThatMatches(
      String subject, String endpoint, String tier, String pattern, int limit) {
    LimitRule rule = tiers.rule(subject, endpoint, tier);
    assertThat(rule.pattern()).isEqualTo(pattern);
    assertThat(rule.limit()).isEqualTo(limit);
  }

  @Test
  void withoutAnyConfigurationThereIsOne() {
    LimitRule rule =
        Tiers.of(new LimitSettings(Map.of(), "default", List.of())).rule("a", "b", null);
    assertThat(rule.limit()).isEqualTo(600);
    assertThat(rule.window()).isEqualTo(Duration.ofMinutes(1));
  }

  @Test
  void whatThereIsNotIsNamed() {
    assertThatThrownBy(() -> tiers.rule("a", "b", "gold"))
        .hasMessage("'tier' is 'gold'; there are [free, pro]");
    assertThatThrownBy(() -> tiers.rule("acme", "mail", null))
        .hasMessage("'endpoint' is 'mail', for which the tier 'pro' has no rule; it has [chat.*]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "*=10",
        "*=0/1m",
        "*=100001/1m",
        "*=10/0s",
        "*=10/32d",
        "*=10/soon",
        "*=-1/1m",
        "*=10/1m,",
        "=10/1m",
      })
  void aRuleThatCantBeIsNamed(String rule) {
    assertThatThrownBy(() -> new LimitSettings(Map.of("free", rule), "free", List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("serai.limits.tiers.free has ");
  }

  @Test
  void aTierThatIsNotThereIsNamed() {
    assertThatThrownBy(() -> new LimitSettings(TIERS, "gold", List.of()))
        .hasMessage("serai.limits.default-tier names the tier 'gold'; there are [free, pro]");
    assertThatThrownBy(() -> new LimitSettings(TIERS, "free", List.of("acme=gold")))
        .hasMessage("serai.limits.subjects names the tier 'gold'; there are [free, pro]");
    assertThatThrownBy(() -> new LimitSettings(TIERS, "free", List.of("acme")))
        .hasMessageStartingWith("serai.limits.subjects has 'acme'");
  }
}
