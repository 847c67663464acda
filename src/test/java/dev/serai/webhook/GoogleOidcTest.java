package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.serai.cloud.google.GoogleTokens;
import dev.serai.cloud.google.HttpFake;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which identity tokens open a source? */
class GoogleOidcTest {

  private static final Instant NOW = Instant.parse("2026-11-20T18:00:00Z");
  private static final Duration TOLERANCE = Duration.ofSeconds(300);
  private static final String AUDIENCE = "https://hub.example/webhooks/tasks";
  private static final GoogleTokens TOKENS = new GoogleTokens();
  private static final HttpFake SERVER = new HttpFake();
  private static final Scheme SCHEME = scheme();

  private static Scheme scheme() {
    SERVER.serve("/certs", TOKENS::keys);
    GoogleKeys keys =
        new GoogleKeys(
            new KeySource(URI.create(SERVER.url() + "/certs")),
            Duration.ofSeconds(10),
            Clock.fixed(NOW, ZoneOffset.UTC));
    return new GoogleOidc(keys, OidcOptions.oidc(Map.of("audience", "https://other, " + AUDIENCE)));
  }

  private static @Nullable Cause cause(String authorization) {
    return cause(authorization, GoogleTokens.ACCOUNT, NOW);
  }

  private static @Nullable Cause cause(String authorization, String account, Instant now) {
    try {
      SCHEME.verify(
          SignedRequest.of(
              Map.of("Authorization", List.of(authorization)),
              "{}".getBytes(StandardCharsets.UTF_8)),
          List.of(
              new Secret("other@acme.iam.gserviceaccount.com", null), new Secret(account, null)),
          now,
          TOLERANCE);
      return null;
    } catch (RefusedException e) {
      assertThat(e.refusal().explanation()).isNotBlank();
      if (authorization.length() > 40) {
        assertThat(e.refusal().explanation()).doesNotContain(authorization);
      }
      return e.refusal().cause();
    }
  }

  private static String changed(UnaryOperator<JWTClaimsSet.Builder> change) {
    return "Bearer " + TOKENS.signed(change.apply(GoogleTokens.claims(AUDIENCE, NOW)).build());
  }

  @Test
  void googlesOwnIsTakenUnderTheAccountThatItIsOf() {
    assertThat(cause(changed(claims -> claims))).isNull();
    assertThat(cause(changed(claims -> claims.issuer("accounts.google.com")))).isNull();
    assertThat(cause(changed(claims -> claims.audience("https://other")))).isNull();
  }

  @Test
  void whatAnotherWouldSayIsRefused() {
    assertThat(cause(changed(claims -> claims.issuer("https://accounts.google.com.example"))))
        .isEqualTo(Cause.SIGNATURE_MISMATCH);
    assertThat(cause(changed(claims -> claims.issuer(null)))).isEqualTo(Cause.SIGNATURE_MISMATCH);
    assertThat(cause(changed(claims -> claims.audience(AUDIENCE + "/"))))
        .isEqualTo(Cause.SIGNATURE_MISMATCH);
    assertThat(cause(changed(claims -> claims.audience(List.of(AUDIENCE, "https://evil.example")))))
        .isEqualTo(Cause.SIGNATURE_MISMATCH);
    assertThat(cause(changed(claims -> claims.claim("aud", null))))
        .isEqualTo(Cause.SIGNATURE_MISMATCH);
    assertThat(cause(changed(claims -> claims.claim("email", "tasks@evil.example"))))
        .isEqualTo(Cause.SIGNATURE_MISMATCH);
    assertThat(cause(changed(claims -> claims.claim("email", null))))
        .isEqualTo(Cause.SIGNATURE_MISMATCH);
    assertThat(cause(changed(claims -> claims.claim("email_verified", false))))
        .isEqualTo(Cause.SIGNATURE_MISMATCH);
    assertThat(cause(changed(claims -> claims.claim("email_verified", "true"))))
        .isEqualTo(Cause.SIGNATURE_MISMATCH);
    assertThat(cause(changed(claims -> claims), "else@acme.iam.gserviceaccount.com", NOW))
        .isEqualTo(Cause.SIGNATURE_MISMATCH);
  }

  @Test
  void itsTimeCountsInBothDirectionsWithTheTolerance() {
    String token = changed(claims -> claims);
    Instant end = NOW.plusSeconds(3600);
    assertThat(cause(token, GoogleTokens.ACCOUNT, end.plusSeconds(299))).isNull();
    assertThat(cause(token, GoogleTokens.ACCOUNT, end.plusSeconds(300))).isEqualTo(Cause.TOO_OLD);
    assertThat(cause(token, GoogleTokens.ACCOUNT, NOW.minusSeconds(300))).isNull();
    assertThat(cause(token, GoogleTokens.ACCOUNT, NOW.minusSeconds(301))).isEqualTo(Cause.TOO_NEW);
    assertThat(cause(changed(claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(301))))))
        .isEqualTo(Cause.TOO_NEW);
    assertThat(cause(changed(claims -> claims.expirationTime(null))))
        .isEqualTo(Cause.SIGNATURE_MALFORMED);
    assertThat(cause(changed(claims -> claims.issueTime(null))))
        .isEqualTo(Cause.SIGNATURE_MALFORMED);
  }

  @Test
  void whoeverHasThePublicKeyCanSignNothing() throws Exception {
    JWTClaimsSet claims = GoogleTokens.claims(AUDIENCE, NOW).build();
    SignedJWT mac =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(TOKENS.signing().getKeyID()).build(),
            claims);
    mac.sign(new MACSigner(TOKENS.signing().toRSAKey().toPublicKey().getEncoded()));
    assertThat(cause("Bearer " + mac.serialize())).isEqualTo(Cause.SIGNATURE_MALFORMED);

    String none =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(
                "{\"alg\":\"none\",\"kid\":\"first\"}".getBytes(StandardCharsets.UTF_8));
    String body = claims.toPayload().toBase64URL().toString();
    assertThat(cause("Bearer %s.%s.".formatted(none, body))).isEqualTo(Cause.SIGNATURE_MALFORMED);

    JWK same = GoogleTokens.rsa(TOKENS.signing().getKeyID());
    assertThat(cause("Bearer " + GoogleTokens.signed(claims, same)))
        .isEqualTo(Cause.SIGNATURE_MISMATCH);
    JWK curve = GoogleTokens.ec(TOKENS.signing().getKeyID());
    assertThat(cause("Bearer " + GoogleTokens.signed(claims, curve)))
        .isEqualTo(Cause.SIGNATURE_MISMATCH);
    SignedJWT own =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256)
                .jwk(same.toPublicJWK())
                .type(JOSEObjectType.JWT)
                .build(),
            claims);
    own.sign(new com.nimbusds.jose.crypto.RSASSASigner(same.toRSAKey()));
    assertThat(cause("Bearer " + own.serialize())).isEqualTo(Cause.SIGNATURE_MALFORMED);
  }

  @Test
  void aSignatureThatCloudRunHasTakenAwayIsExplained() {
    String token = changed(claims -> claims);
    String stripped =
        token.substring(0, token.lastIndexOf('.') + 1) + "SIGNATURE_REMOVED_BY_GOOGLE";
    assertThat(cause(stripped)).isIn(Cause.SIGNATURE_MISMATCH, Cause.SIGNATURE_MALFORMED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Bearer ", "Bearer a.b.c", "Basic dXNlcjpwYXNz", "a.b.c"})
  void whatIsNoTokenIsMalformed(String header) {
    assertThat(cause(header)).isEqualTo(Cause.SIGNATURE_MALFORMED);
  }

  @Property(tries = 2000)
  void anyHeaderIsRefusedAndNothingElse(@ForAll("headers") String header) {
    assertThat(cause(header)).isIn(Cause.SIGNATURE_MALFORMED, Cause.SIGNATURE_MISMATCH);
  }

  @Provide
  Arbitrary<String> headers() {
    String good = changed(claims -> claims);
    Arbitrary<String> damaged =
        Arbitraries.integers()
            .between(7, good.length() - 2)
            .flatMap(
                at ->
                    Arbitraries.chars()
                        .ascii()
                        .filter(letter -> letter != good.charAt(at) && letter > ' ')
                        .map(letter -> good.substring(0, at) + letter + good.substring(at + 1)));
    Arbitrary<String> json =
        Arbitraries.of("{", "}", "\"alg\"", ":", "\"RS256\"", ",", "\"kid\"", "\"first\"", "1", "[")
            .list()
            .ofMaxSize(8)
            .map(parts -> String.join("", parts))
            .map(
                text ->
                    Base64.getUrlEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    return Arbitraries.oneOf(
        Arbitraries.strings(),
        Arbitraries.strings().map(text -> "Bearer " + text),
        damaged,
        json.list().ofMaxSize(4).map(parts -> "Bearer " + String.join(".", parts)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"whsec_1", "nobody", "a b@c.d", "@x.y"})
  void whatIsNoAccountIsNotUsed(String secret) {
    assertThat(SCHEME.secretProblem(new Secret(secret, null))).isPresent();
    assertThat(SCHEME.secretProblem(new Secret(GoogleTokens.ACCOUNT, null))).isEmpty();
    assertThat(Secret.parse(GoogleTokens.ACCOUNT + "@2027-01-01T00:00:00Z").getFirst().value())
        .isEqualTo(GoogleTokens.ACCOUNT);
  }
}
