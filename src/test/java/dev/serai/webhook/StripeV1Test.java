package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.stripe.exception.SignatureVerificationException;
import com.stripe.net.Webhook;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/**
 * Do we verify what Stripe signs? Stripe's own library is the other opinion; on purpose we differ
 * from it in times of the future, which it takes, and in what its parser throws on.
 */
class StripeV1Test {

  private static final StripeV1 SCHEME = new StripeV1();
  private static final Duration TOLERANCE = Duration.ofSeconds(300);
  private static final long LATEST = 99_999_999_999L;

  private Locale locale = Locale.getDefault();

  /** Stripe's library signs and verifies with the digits of the default locale. */
  @BeforeTry
  void speakAsStripesLibraryMust() {
    locale = Locale.getDefault();
    Locale.setDefault(Locale.ENGLISH);
  }

  @AfterTry
  void speakAsBefore() {
    Locale.setDefault(locale);
  }

  @Property
  void whatStripesLibrarySignsIsAccepted(
      @ForAll("bodies") String body,
      @ForAll("secrets") String secret,
      @ForAll @LongRange(min = 0, max = LATEST) long seconds,
      @ForAll @IntRange(min = -300, max = 300) int age)
      throws Exception {
    String header = stripeSigns(body, secret, seconds);

    assertThat(verdict(body, header, seconds + age, secret)).isInstanceOf(Verdict.Accepted.class);
  }

  @Property
  void whatWeSignStripesLibraryAccepts(
      @ForAll("bodies") String body,
      @ForAll("secrets") String secret,
      @ForAll @LongRange(min = 1, max = LATEST) long seconds) {
    Map<String, String> headers =
        SCHEME.sign(bytes(body), new Secret(secret, null), Instant.ofEpochSecond(seconds));

    assertThatCode(
            () ->
                Webhook.Signature.verifyHeader(
                    body, headers.getOrDefault("Stripe-Signature", ""), secret, 0))
        .doesNotThrowAnyException();
  }

  @Property
  void bothThinkTheSameOfAnySigningTimeOfThePast(
      @ForAll("bodies") String body, @ForAll @IntRange(max = 2000) int age) throws Exception {
    long now = System.currentTimeMillis() / 1000;
    String header = stripeSigns(body, "whsec_same", now - age);

    boolean ours = verdict(body, header, now, "whsec_same") instanceof Verdict.Accepted;

    // Its clock may have gone on by a second.
    if (age != 300) {
      assertThat(ours).isEqualTo(stripeAccepts(body, header, "whsec_same"));
    }
  }

  @Property
  void aTimeFurtherInTheFutureIsRefusedThoughStripesLibraryTakesIt(
      @ForAll("bodies") String body, @ForAll @IntRange(min = 400, max = 99_999) int ahead)
      throws Exception {
    long now = System.currentTimeMillis() / 1000;
    String header = stripeSigns(body, "whsec_same", now + ahead);

    assertThat(stripeAccepts(body, header, "whsec_same")).isTrue();
    assertThat(verdict(body, header, now, "whsec_same"))
        .isInstanceOfSatisfying(
            Verdict.Refused.class, refused -> assertThat(refused.cause()).isEqualTo(Cause.TOO_NEW));
  }

  @Property
  void aBodyWithOneOtherByteIsRefused(
      @ForAll @Size(min = 1, max = 300) byte[] body,
      @ForAll @IntRange(max = 299) int at,
      @ForAll @IntRange(min = 1, max = 255) int change) {
    Secret secret = new Secret("whsec_same", null);
    Map<String, String> headers = SCHEME.sign(body, secret, Instant.ofEpochSecond(1_760_000_000));
    byte[] other = body.clone();
    other[at % other.length] ^= (byte) change;

    String header = headers.getOrDefault("Stripe-Signature", "");
    assertThat(verdict(body, header, 1_760_000_000, secret)).isInstanceOf(Verdict.Accepted.class);
    assertThat(verdict(other, header, 1_760_000_000, secret)).isInstanceOf(Verdict.Refused.class);
  }

  @Property
  void aHeaderWithOneOtherCharacterIsRefused(
      @ForAll("bodies") String body, @ForAll @IntRange(max = 79) int at, @ForAll char other)
      throws Exception {
    String header = stripeSigns(body, "whsec_same", 1_760_000_000);
    StringBuilder changed = new StringBuilder(header);
    changed.setCharAt(at % header.length(), other);

    assertThat(verdict(body, changed.toString(), 1_760_000_000, "whsec_same"))
        .isInstanceOf(
            changed.toString().equals(header) ? Verdict.Accepted.class : Verdict.Refused.class);
  }

  @Provide
  Arbitrary<String> bodies() {
    return Arbitraries.oneOf(
        Arbitraries.strings().ofMaxLength(200).filter(StripeV1Test::isText),
        Arbitraries.of(
            "", "{}", "{\"id\":\"evt_1\"}", "\r\n", "नमस्ते", "\uFEFF{}", "\uD83D\uDE00"));
  }

  @Provide
  Arbitrary<String> secrets() {
    return Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(80);
  }

  /** Half a surrogate pair has no bytes of its own. */
  private static boolean isText(String text) {
    return new String(bytes(text), StandardCharsets.UTF_8).equals(text);
  }

  private static String stripeSigns(String body, String secret, long seconds) throws Exception {
    return "t=%s,v1=%s"
        .formatted(
            seconds, Webhook.Util.computeHmacSha256(secret, "%s.%s".formatted(seconds, body)));
  }

  private static boolean stripeAccepts(String body, String header, String secret) {
    try {
      return Webhook.Signature.verifyHeader(body, header, secret, TOLERANCE.toSeconds());
    } catch (SignatureVerificationException e) {
      return false;
    }
  }

  private static Verdict verdict(String body, String header, long now, String secret) {
    return verdict(bytes(body), header, now, new Secret(secret, null));
  }

  private static Verdict verdict(byte[] body, String header, long now, Secret secret) {
    try {
      return SCHEME.verify(
          SignedRequest.of(Map.of("stripe-signature", List.of(header)), body),
          List.of(secret),
          Instant.ofEpochSecond(now),
          TOLERANCE);
    } catch (RefusedException e) {
      return e.refusal();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
