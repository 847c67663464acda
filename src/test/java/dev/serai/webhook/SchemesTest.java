package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does every scheme take what it signs itself, and refuse whatever else comes? */
class SchemesTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_760_000_000);
  private static final Duration TOLERANCE = Duration.ofSeconds(300);

  @Property(tries = 300)
  void whatItSignsIsTakenUnderThatSecretAmongOthers(
      @ForAll("schemes") String name, @ForAll String text, @ForAll @IntRange(max = 2) int place) {
    Scheme scheme = Schemes.named(name);
    List<Secret> secrets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      secrets.add(new Secret(scheme.newSecret(), null));
    }
    byte[] body = scheme.wrap(text.getBytes(StandardCharsets.UTF_8));
    Map<String, String> headers = scheme.sign(body, secrets.get(place), NOW);

    Object verdict = verdict(scheme, headers, body, secrets);

    assertThat(verdict).isInstanceOf(Verdict.Accepted.class);
    assertThat(((Verdict.Accepted) verdict).key())
        .isIn(secrets.stream().map(Secret::fingerprint).toList());
    assertThat(verdict(scheme, headers, body, List.of(new Secret(scheme.newSecret(), null))))
        .isNotInstanceOf(Verdict.Accepted.class);
  }

  @Property(tries = 3000)
  void whateverItsHeadersSayItIsTakenOrRefusedAndNothingElse(
      @ForAll("schemes") String name,
      @ForAll("values") List<String> values,
      @ForAll @NotEmpty byte[] body) {
    Scheme scheme = Schemes.named(name);
    Secret secret = new Secret(scheme.newSecret(), null);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byte[] signed = scheme.wrap("{}".getBytes(StandardCharsets.UTF_8));
    headers.putAll(scheme.sign(signed, secret, NOW));
    List<String> names = List.copyOf(headers.keySet());
    for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
      headers.put(names.get(i), values.get(i));
    }

    assertThat(verdict(scheme, headers, body, List.of(secret))).isNotNull();
  }

  /** A shared header says nothing of the body, and PhonePe's first one of its wrapping only. */
  @Property(tries = 300)
  void aChangedBodyIsRefusedWhereBodiesAreSigned(
      @ForAll("signing") String name, @ForAll @NotEmpty String text, @ForAll int at) {
    Scheme scheme = Schemes.named(name);
    Secret secret = new Secret(scheme.newSecret(), null);
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    Map<String, String> headers = scheme.sign(body, secret, NOW);
    byte[] changed = body.clone();
    changed[Math.floorMod(at, body.length)] ^= 1;

    assertThat(verdict(scheme, headers, changed, List.of(secret)))
        .isInstanceOf(Verdict.Refused.class);
  }

  @ParameterizedTest
  @CsvSource(
      emptyValue = "",
      value = {
        "standard-webhooks, 'v1,whsec_'",
        "standard-webhooks, whsec_dG9vIHNob3J0",
        "standard-webhooks, whsec_no base64 at all but long enough",
        "standard-webhooks, whpk_dG9vIHNob3J0",
        "phonepe-v1, 1:",
        "phonepe-v1, :salt",
        "phonepe-v1, salt",
        "phonepe-v2-sha, :",
        "phonepe-v2-sha, user:",
        "phonepe-v2-hmac, :secret",
        "shared-secret, authorization:Bearer",
        "shared-secret, authorization:",
        "shared-secret, x-hub-secret",
        "shared-secret, apikey:sb_publishable_abc",
        "shared-secret, apikey:eyJhbGciOiJIUzI1NiJ9.eyJyb2xlIjoiYW5vbiJ9.c2ln",
        "stripe-v1, whsec_",
      })
  void aSecretThatProvesNothingIsNotUsed(String name, String secret) {
    assertThat(Schemes.named(name).secretProblem(new Secret(secret, null)))
        .hasValueSatisfying(
            problem -> assertThat(problem).isNotBlank().doesNotContain("dG9v", "eyJ"));
  }

  /** PhonePe's SDK has this hash in a test: it is known to everybody. */
  @ParameterizedTest
  @CsvSource({"e7ac0786668e0ff0f02b62bd04f45ff636fd82db63b1104601c975dc005f3a67"})
  void theHashOfEmptyCredentialsOpensNothing(String known) {
    SignedRequest request =
        SignedRequest.of(
            Map.of("Authorization", List.of(known)),
            "{\"event\":\"a.b\",\"payload\":{}}".getBytes(StandardCharsets.UTF_8));
    List<Secret> secrets = new ArrayList<>(Secret.parse(":|"));

    assertThat(Source.verdict(Schemes.named("phonepe-v2-sha"), request, secrets, NOW, TOLERANCE))
        .isInstanceOfSatisfying(
            Verdict.Refused.class,
            refused -> assertThat(refused.cause()).isEqualTo(Cause.NO_SECRET));
  }

  @Provide
  Arbitrary<String> schemes() {
    return Arbitraries.of(
        "stripe-v1",
        "standard-webhooks",
        "phonepe-v1",
        "phonepe-v2-sha",
        "phonepe-v2-hmac",
        "shared-secret");
  }

  @Provide
  Arbitrary<String> signing() {
    return Arbitraries.of("stripe-v1", "standard-webhooks", "phonepe-v2-hmac");
  }

  /** Texts that look like signatures get further than any text. */
  @Provide
  Arbitrary<List<String>> values() {
    Arbitrary<String> similar =
        Arbitraries.of(
            "v1,",
            "v1a,",
            " ",
            ",",
            "=",
            "###",
            "1",
            "0".repeat(64),
            "t=1760000000",
            "v1=",
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
            "msg",
            ".",
            "-1",
            "١٧٦",
            "whsec_");
    return Arbitraries.oneOf(
            Arbitraries.strings().ofMaxLength(80),
            similar.list().ofMaxSize(6).map(parts -> String.join("", parts)))
        .list()
        .ofMaxSize(3);
  }

  private static Object verdict(
      Scheme scheme, Map<String, String> headers, byte[] body, List<Secret> secrets) {
    Map<String, List<String>> lines = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.forEach((name, value) -> lines.put(name, List.of(value)));
    try {
      return scheme.verify(SignedRequest.of(lines, body), secrets, NOW, TOLERANCE);
    } catch (RefusedException e) {
      return e.refusal();
    }
  }
}
