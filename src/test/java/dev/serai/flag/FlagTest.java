package dev.serai.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import dev.serai.flag.FlagAnswer.Reason;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** For whom is a flag on? */
class FlagTest {

  private static final int USERS = 20_000;

  @Test
  void whatIsSaidOfTheUserCountsBeforeTheWorkspaceAndThatBeforeThePercentage() {
    Flag flag = flag(true, "100", Map.of("ann", false), Map.of("acme", false, "initech", true));
    assertThat(flag.evaluate("ann", "initech")).isEqualTo(new FlagAnswer(false, Reason.USER));
    assertThat(flag.evaluate("bob", "acme")).isEqualTo(new FlagAnswer(false, Reason.WORKSPACE));
    assertThat(flag.evaluate("bob", null)).isEqualTo(new FlagAnswer(true, Reason.PERCENTAGE));
    assertThat(flag.evaluate(null, null)).isEqualTo(new FlagAnswer(true, Reason.PERCENTAGE));
    Flag off = flag(false, "100", Map.of("ann", true), Map.of());
    assertThat(off.evaluate("ann", null)).isEqualTo(new FlagAnswer(false, Reason.DISABLED));
  }

  @Test
  void aPercentageThatGrowsKeepsWhoWasIn() {
    Set<String> before = new HashSet<>();
    for (String percentage : new String[] {"0", "0.01", "1", "5", "12.5", "50", "99.99", "100"}) {
      Flag flag = flag(true, percentage, Map.of(), Map.of());
      Set<String> in = new HashSet<>();
      IntStream.range(0, USERS)
          .mapToObj(i -> "user-" + i)
          .filter(user -> flag.evaluate(user, null).on())
          .forEach(in::add);
      assertThat(in.containsAll(before))
          .as("whoever was in stays in")
          .isTrue(); // AssertJ compares each with each
      assertThat(in.size() * 100.0 / USERS).isCloseTo(Double.parseDouble(percentage), offset(1.0));
      before = in;
    }
    assertThat(before).hasSize(USERS);
  }

  /** Written down: on another day, in another version they must be the same. */
  @Test
  void theSameUserIsAlwaysInTheSamePlaceAndElsewhereForAnotherFlag() {
    assertThat(Buckets.of("a", "user-1")).isEqualTo(Buckets.of("a", "user-1"));
    long same =
        IntStream.range(0, USERS)
            .filter(i -> Buckets.of("a", "u" + i) < 5_000 == Buckets.of("b", "u" + i) < 5_000)
            .count();
    assertThat(same).isBetween(USERS * 48L / 100, USERS * 52L / 100);
    assertThat(Buckets.of("new-checkout", "user-1")).isEqualTo(PLACE);
  }

  private static final int PLACE = 8034;

  @Test
  void aWorkspaceWithoutAUserHasAPlaceOfItsOwn() {
    Flag half = flag(true, "50", Map.of(), Map.of());
    long on = IntStream.range(0, 1_000).filter(i -> half.evaluate(null, "w" + i).on()).count();
    assertThat(on).isBetween(430L, 570L);
    assertThat(half.evaluate(null, null).on()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-0.01", "100.01", "0.001", "1000", "1e9"})
  void aPercentageThatCantBeIsNamed(String percentage) {
    assertThatThrownBy(() -> flag(true, percentage, Map.of(), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'percentage'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", ".a", "a b", "a\0", "é", "a/b"})
  void aNameThatCantBeIsNamed(String name) {
    assertThatThrownBy(() -> Flag.requireName(name)).hasMessageContaining("'name'");
    assertThatThrownBy(() -> Flag.requireName("a".repeat(101))).hasMessageContaining("'name'");
  }

  @Test
  void overridesThatCantBeAreNamed() {
    Map<String, Boolean> neither = new HashMap<>();
    neither.put("ann", null);
    assertThatThrownBy(() -> flag(true, "0", neither, Map.of())).hasMessageContaining("'users'");
    assertThatThrownBy(() -> flag(true, "0", Map.of(), Map.of("", true)))
        .hasMessageContaining("'workspaces'");
  }

  private static Flag flag(
      boolean enabled,
      String percentage,
      Map<String, Boolean> users,
      Map<String, Boolean> workspaces) {
    return new Flag(
        "new-checkout",
        "",
        enabled,
        new BigDecimal(percentage),
        users,
        workspaces,
        Instant.EPOCH,
        "a test");
  }
}
