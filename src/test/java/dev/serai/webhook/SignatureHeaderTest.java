package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said to a header that is missing, there twice, or longer than all headers may be? */
class SignatureHeaderTest {

  static Stream<Map.Entry<Cause, List<String>>> lines() {
    return Stream.of(
        Map.entry(Cause.SIGNATURE_MISSING, List.of()),
        Map.entry(Cause.SIGNATURE_REPEATED, List.of("a", "a")),
        Map.entry(Cause.SIGNATURE_MALFORMED, List.of("a".repeat(SignatureHeader.MAX_LENGTH + 1))));
  }

  @ParameterizedTest
  @MethodSource("lines")
  void isRefusedWithoutRepeatingIt(Map.Entry<Cause, List<String>> lines) {
    assertThatExceptionOfType(RefusedException.class)
        .isThrownBy(() -> SignatureHeader.of(request(lines.getValue()), "X-Proof"))
        .satisfies(refused -> assertThat(refused.refusal().cause()).isEqualTo(lines.getKey()))
        .withMessageContaining("X-Proof")
        .withMessageNotContaining("aaa");
  }

  @Test
  void oneLineIsTaken() throws Exception {
    String longest = String.join("", Collections.nCopies(SignatureHeader.MAX_LENGTH, "a"));

    assertThat(SignatureHeader.of(request(List.of(longest)), "x-PROOF")).isEqualTo(longest);
  }

  private static SignedRequest request(List<String> lines) {
    return SignedRequest.of(Map.of("X-Proof", lines), new byte[0]);
  }
}
