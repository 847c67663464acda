package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Which secrets does a configured text mean, and when do they count? */
class SecretTest {

  private static final long LATEST = 4_000_000_000L;

  @Property
  void everySecretOfAListIsReadAndCountsUntilItsTime(
      @ForAll @Size(min = 1, max = 5) List<@From("values") String> values,
      @ForAll @Size(5) List<@LongRange(min = 1, max = LATEST) Long> expiries,
      @ForAll @Size(5) List<Boolean> dated,
      @ForAll boolean spaced) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      String expiry = dated.get(i) ? "@" + Instant.ofEpochSecond(expiries.get(i)) : "";
      parts.add(values.get(i) + expiry);
    }

    List<Secret> secrets = Secret.parse(String.join(spaced ? " | " : "|", parts));

    assertThat(secrets).extracting(Secret::value).isEqualTo(values);
    for (int i = 0; i < values.size(); i++) {
      Instant expiry = Instant.ofEpochSecond(expiries.get(i));
      assertThat(secrets.get(i).isValid(expiry.minusNanos(1))).isTrue();
      assertThat(secrets.get(i).isValid(expiry)).isEqualTo(!dated.get(i));
    }
  }

  @Property
  void noTextMakesASecretShowItself(@ForAll("values") String value) {
    Secret secret = Secret.parse(value + "@2026-01-01T00:00:00Z").getFirst();

    // What is shown beside the fingerprint is no secret, even if one reads like it.
    assertThat(secret.toString())
        .isEqualTo("Secret[%s, expires 2026-01-01T00:00:00Z]", secret.fingerprint());
    assertThat(secret.fingerprint()).matches("[0-9a-f]{8}");
  }

  @Property
  void anyTextIsReadOrRefusedWithoutRepeatingIt(@ForAll String text) {
    try {
      assertThat(Secret.parse(text)).noneMatch(secret -> secret.value().contains("|"));
    } catch (IllegalArgumentException e) {
      assertThat(text).contains("@");
    }
  }

  @Example
  void anExpiryThatIsNoTimeIsNamedAndTheSecretIsNot() {
    assertThatThrownBy(() -> Secret.parse("whsec_first|whsec_second@2026-02-30T00:00:00Z"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2026-02-30")
        .hasMessageNotContaining("whsec");
  }

  @Example
  void anAtSignWithoutATimeBelongsToTheSecret() {
    assertThat(Secret.parse("user:p@ssword"))
        .extracting(Secret::value)
        .containsExactly("user:p@ssword");
  }

  @Example
  void nothingConfiguredMeansNoSecret() {
    assertThat(Secret.parse(" | ")).isEmpty();
    assertThat(Secret.parse("@2026-01-01T00:00:00Z").getFirst().isValid(Instant.EPOCH)).isFalse();
  }

  /** A comma is part of what Supabase issues, an at sign of a password. */
  @Provide
  Arbitrary<String> values() {
    return Arbitraries.strings().withChars("abcXYZ019_+/=,:@#").ofMinLength(3).ofMaxLength(40);
  }
}
