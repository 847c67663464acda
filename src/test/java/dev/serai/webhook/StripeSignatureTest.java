package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.arbitraries.StringArbitrary;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** Which texts are a Stripe-Signature header? */
class StripeSignatureTest {

  private static final long LATEST = 999_999_999_999L;

  @Property(tries = 2000)
  void anyTextIsReadOrRefusedAndNothingElse(@ForAll String header) {
    assertThatNothingElseIsThrown(header);
  }

  /** Texts that look like the header get further into the parser than any text. */
  @Property(tries = 2000)
  void textsLikeTheHeaderAreReadOrRefusedAndNothingElse(@ForAll("similar") String header) {
    assertThatNothingElseIsThrown(header);
  }

  @Property
  void validPartsMakeAValidHeaderInAnyOrder(
      @ForAll @LongRange(max = LATEST) long seconds,
      @ForAll @Size(min = 1, max = 10) List<@From("signatures") String> signatures,
      @ForAll List<@CharRange(from = 'a', to = 'z') @StringLength(min = 3, max = 8) String> others,
      @ForAll @IntRange(max = 30) int position)
      throws Exception {
    List<String> items = new ArrayList<>();
    signatures.forEach(signature -> items.add("v1=" + signature));
    others.forEach(other -> items.add(other + "=" + other));
    items.add(Math.min(position, items.size()), "t=" + seconds);

    StripeSignature read = StripeSignature.parse(String.join(",", items));

    assertThat(read.seconds()).isEqualTo(seconds);
    assertThat(read.signatures().stream().map(bytes -> HexFormat.of().formatHex(bytes)))
        .isEqualTo(signatures);
  }

  @Property
  void aTimeThatIsNoPlainNumberIsRefused(
      @ForAll @LongRange(max = LATEST) long seconds, @ForAll("disturbances") String disturbance) {
    assertRefused("t=%s,v1=%s".formatted(disturbance.replace("#", "" + seconds), "0".repeat(64)));
  }

  @Property
  void aSecondTimeIsRefusedWhereverItStands(
      @ForAll @LongRange(max = LATEST) long one,
      @ForAll @LongRange(max = LATEST) long other,
      @ForAll boolean last) {
    String signature = "v1=" + "0".repeat(64);
    assertRefused(
        last
            ? "t=%s,%s,t=%s".formatted(one, signature, other)
            : "t=%s,t=%s,%s".formatted(one, other, signature));
  }

  @Property
  void aSignatureOfAnotherFormIsNone(@ForAll("noSignatures") String signature) {
    assertRefused("t=1760000000,v1=" + signature);
  }

  @Provide
  Arbitrary<String> similar() {
    Arbitrary<String> keys = Arbitraries.of("t", "v1", "v0", "", "T", " t", "v1 ");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of("", "-1", "0", "1760000000", "9".repeat(30), "0".repeat(64), "=", "١٢"),
            Arbitraries.strings().ofMaxLength(70));
    return Combinators.combine(keys, Arbitraries.of("=", "", "==", " = "), values)
        .as((key, equals, value) -> key + equals + value)
        .list()
        .ofMaxSize(6)
        .map(items -> String.join(",", items));
  }

  @Provide
  Arbitrary<String> signatures() {
    return Arbitraries.strings().withChars("0123456789abcdef").ofLength(64);
  }

  @Provide
  Arbitrary<String> disturbances() {
    return Arbitraries.of(
        "+#", "-#", " #", "# ", "0#", "#.0", "#e1", "0x#", "١", "", "#".repeat(14));
  }

  @Provide
  Arbitrary<String> noSignatures() {
    StringArbitrary hex = Arbitraries.strings().withChars("0123456789abcdef");
    return Arbitraries.oneOf(
        hex.ofMaxLength(63),
        hex.ofMinLength(65).ofMaxLength(130),
        hex.ofLength(63).map(text -> text + "A"),
        hex.ofLength(62).map(text -> "0x" + text),
        Arbitraries.strings()
            .ofLength(64)
            .filter(text -> !text.matches("[0-9a-f]{64}"))
            .map(text -> text.replace(',', ';')));
  }

  private static void assertThatNothingElseIsThrown(String header) {
    try {
      StripeSignature read = StripeSignature.parse(header);
      assertThat(read.seconds()).isBetween(0L, LATEST);
      assertThat(read.signatures()).isNotEmpty().allMatch(bytes -> bytes.length == 32);
    } catch (StripeSignature.MalformedException refused) {
      assertThat(refused.problem()).isNotBlank();
    }
  }

  private static void assertRefused(String header) {
    assertThatThrownBy(() -> StripeSignature.parse(header))
        .isInstanceOf(StripeSignature.MalformedException.class);
  }
}
