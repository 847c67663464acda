package dev.serai.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.serai.event.SensitiveBodyException.Reason;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What do keys make of the body of a sensitive event, and of what was stored of it? */
class SensitiveBodiesTest {

  private static final String OLD = "2025:" + base64(7);
  private static final String NEW = "2026:" + base64(8);
  private static final UUID EVENT = UUID.fromString("01a1fb37-80d0-78c1-9188-56fa3a1b5323");

  private static String base64(int filling) {
    byte[] bytes = new byte[32];
    Arrays.fill(bytes, (byte) filling);
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static SensitiveBodies with(String keys) {
    EncryptionKeys parsed = EncryptionKeys.parse(keys);
    return new SensitiveBodies(() -> parsed);
  }

  @Property
  void aBodyComesBackAsItWas(@ForAll byte[] body, @ForAll long id) {
    SensitiveBodies bodies = with(NEW);
    UUID event = new UUID(id, ~id);

    assertThat(bodies.open(event, bodies.seal(event, body))).isEqualTo(body);
  }

  @Property
  void whateverIsChangedInWhatIsStoredIsNoticed(
      @ForAll byte[] body, @ForAll int place, @ForAll int bit) {
    SensitiveBodies bodies = with(NEW + "|" + OLD);
    byte[] stored = bodies.seal(EVENT, body);
    stored[Math.floorMod(place, stored.length)] ^= (byte) (1 << Math.floorMod(bit, 8));

    assertThatThrownBy(() -> bodies.open(EVENT, stored))
        .isInstanceOfSatisfying(
            SensitiveBodyException.class,
            failure -> assertThat(failure.reason()).isIn(Reason.DAMAGED, Reason.KEY_MISSING));
  }

  @Property
  void anyBytesAreRefusedInWords(@ForAll byte[] stored) {
    assertThatThrownBy(() -> with(NEW).open(EVENT, stored))
        .isInstanceOf(SensitiveBodyException.class);
  }

  @Example
  void thatOfOneEventIsNotThatOfAnother() {
    SensitiveBodies bodies = with(NEW);
    byte[] stored = bodies.seal(EVENT, "code".getBytes(StandardCharsets.UTF_8));

    assertFailure(bodies, UUID.randomUUID(), stored, Reason.DAMAGED);
  }

  @Example
  void theSameBodyIsNeverStoredTheSame() {
    SensitiveBodies bodies = with(NEW);
    byte[] body = "code".getBytes(StandardCharsets.UTF_8);

    assertThat(bodies.seal(EVENT, body)).isNotEqualTo(bodies.seal(EVENT, body));
  }

  @Example
  void theFirstKeyEncryptsAndAllDecrypt() {
    byte[] body = "code".getBytes(StandardCharsets.UTF_8);
    byte[] before = with(OLD).seal(EVENT, body);
    byte[] during = with(OLD + "|" + NEW).seal(EVENT, body);
    SensitiveBodies rotated = with(NEW + " | " + OLD);

    assertThat(rotated.open(EVENT, before)).isEqualTo(body);
    assertThat(rotated.open(EVENT, during)).isEqualTo(body);
    assertFailure(with(NEW), EVENT, during, Reason.KEY_MISSING);
    assertThat(with(NEW).open(EVENT, rotated.seal(EVENT, body))).isEqualTo(body);
  }

  @Example
  void aMissingKeyIsNamedByItsId() {
    byte[] stored = with(OLD).seal(EVENT, new byte[1]);

    assertThatThrownBy(() -> with(NEW).open(EVENT, stored))
        .hasMessageContaining("'2025'")
        .hasMessageContaining("SERAI_ENCRYPTION_KEYS");
  }

  @Example
  void anErasedBodyIsNotAnEmptyOne() {
    assertThat(with(NEW).seal(EVENT, new byte[0])).isNotEmpty();
    assertFailure(with(NEW), EVENT, new byte[0], Reason.ERASED);
  }

  @Example
  void withoutAKeyNothingIsPromised() {
    assertThatThrownBy(() -> with(" | ").requireKey())
        .isInstanceOf(SensitiveBodyException.class)
        .hasMessageContaining("serai.encryption.keys (SERAI_ENCRYPTION_KEYS)");
  }

  @Property
  void aValueWithoutSenseIsRefusedByItsPlaceAlone(@ForAll("senseless") String value) {
    assertThatThrownBy(() -> EncryptionKeys.parse(NEW + "|" + value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasNoCause()
        .hasMessageStartingWith("serai.encryption.keys (SERAI_ENCRYPTION_KEYS): key 2 of 2 ")
        .hasMessageNotContaining(value);
  }

  @Provide
  Arbitrary<String> senseless() {
    return Arbitraries.of(
        "secret-without-id-" + base64(3),
        base64(3),
        "id:" + base64(3).substring(4),
        "id:" + base64(3) + base64(3),
        "an id:" + base64(3),
        ":" + base64(3),
        "id:" + base64(3).replace('=', '*'),
        "2026:" + base64(4));
  }

  @Example
  void keysHaveNoText() {
    assertThat(EncryptionKeys.parse(NEW).toString()).contains("2026").doesNotContain(base64(8));
    assertThat(new EncryptionSettings(NEW).toString()).doesNotContain("2026");
  }

  private static void assertFailure(
      SensitiveBodies bodies, UUID event, byte[] stored, Reason reason) {
    assertThatThrownBy(() -> bodies.open(event, stored))
        .isInstanceOfSatisfying(
            SensitiveBodyException.class,
            failure -> assertThat(failure.reason()).isEqualTo(reason));
  }
}
