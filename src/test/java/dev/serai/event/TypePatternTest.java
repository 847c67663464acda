package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;

/** Which types does a pattern take? */
class TypePatternTest {

  @Property(tries = 200)
  void aTypeTakesItself(@ForAll("segments") List<String> segments) {
    String type = String.join(".", segments);
    assertThat(takes(type, type)).isTrue();
  }

  @Property(tries = 200)
  void aStarInsideTakesAnyOneSegment(
      @ForAll("segments") List<String> segments,
      @ForAll @AlphaChars @StringLength(min = 1, max = 8) String other) {
    String pattern = "*." + String.join(".", segments);
    assertThat(takes(pattern, other + "." + String.join(".", segments))).isTrue();
    assertThat(takes(pattern, "a." + other + "." + String.join(".", segments))).isFalse();
    assertThat(takes(pattern, String.join(".", segments))).isFalse();
  }

  @Property(tries = 200)
  void aLastStarTakesOneSegmentOrMore(
      @ForAll("segments") List<String> head, @ForAll("segments") List<String> rest) {
    String start = String.join(".", head);
    assertThat(takes(start + ".*", start + "." + String.join(".", rest))).isTrue();
    assertThat(takes(start + ".*", start)).isFalse();
    assertThat(takes(start + ".*", start + "x." + String.join(".", rest))).isFalse();
  }

  @Property(tries = 200)
  void aSegmentReplacedByAStarStillTakesTheType(
      @ForAll("segments") List<String> segments, @ForAll @IntRange(max = 3) int at) {
    List<String> pattern = new ArrayList<>(segments);
    pattern.set(at % segments.size(), "*");
    assertThat(takes(String.join(".", pattern), String.join(".", segments))).isTrue();
  }

  @Property(tries = 200)
  void charactersOfRegularExpressionsMeanThemselves(@ForAll("odd") String odd) {
    assertThat(takes(odd + ".*", odd + ".x")).isTrue();
    assertThat(takes(odd + ".*", "plain.x")).isFalse();
  }

  @Property(tries = 200)
  void whatIsNoTypeIsRefusedByName(@ForAll("invalid") String invalid) {
    assertThatThrownBy(() -> new TypePattern(List.of("fine.type", invalid)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'" + invalid + "'");
  }

  private static boolean takes(String pattern, String type) {
    return new TypePattern(List.of(pattern)).test(type);
  }

  @Provide
  Arbitrary<List<String>> segments() {
    return Arbitraries.strings()
        .alpha()
        .numeric()
        .withChars('_', '-')
        .ofMinLength(1)
        .ofMaxLength(8)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Provide
  Arbitrary<String> odd() {
    return Arbitraries.of("+", "(", "[a]", "a|b", "\\E", "\\Qx", "$", "^a", "a{2}", "?");
  }

  @Provide
  Arbitrary<String> invalid() {
    return Arbitraries.of("", ".", "a.", ".a", "a..b", "a b", "a*", "*a.b", "a.**", "a\tb", "a.b.");
  }
}
