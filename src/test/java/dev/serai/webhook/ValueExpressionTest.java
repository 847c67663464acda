package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which value of a request does a route mean? */
class ValueExpressionTest {

  private static final String BODY =
      "{\"id\":\"7\",\"n\":1.50,\"yes\":true,\"none\":null,\"empty\":\"\",\"a\":{\"b\":\"c\"}}";
  private static final SignedRequest REQUEST =
      SignedRequest.of(
          Map.of("X-One", List.of("one"), "X-Two", List.of("one", "two")),
          BODY.getBytes(StandardCharsets.UTF_8));

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "/id 7",
        "/n 1.50",
        "/yes true",
        "/a/b c",
        "header:x-ONE one",
        "{/a/b}.{/id} c.7",
        "{/none|/id} 7",
        "{/empty|header:X-Two|header:X-One|hash} one",
        "v{/none|} v",
        "{/none|-} -",
      })
  void itIsFound(String expression, String value) throws Exception {
    assertThat(value(expression)).hasValue(value);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/none", "/empty", "/a", "/b", "header:X-Two", "header:X-Three", "{/id}{/b}"})
  void whatIsNotThereIsNoValue(String expression) throws Exception {
    assertThat(value(expression)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hash", "", "{/none|hash}"})
  void theHashIsThatOfTheBody(String expression) throws Exception {
    assertThat(value(expression)).hasValueSatisfying(hash -> assertThat(hash).hasSize(64));
  }

  @ParameterizedTest
  @ValueSource(strings = {"id", "{id}", "{/id", "{}", "{/id|x|/n}", "plain text", "{|}"})
  void whatIsNoneIsNamed(String expression) {
    assertThatThrownBy(() -> ValueExpression.parse("key", expression))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'key' is '%s'".formatted(expression));
  }

  @Property(tries = 2000)
  void anyTextIsReadOrRefusedAndNothingElse(@ForAll("similar") String text) throws Exception {
    try {
      value(text);
    } catch (IllegalArgumentException refused) {
      assertThat(refused.getMessage()).isNotBlank();
    }
  }

  @Provide
  Arbitrary<String> similar() {
    return Arbitraries.oneOf(
            Arbitraries.of("{", "}", "|", "/", "/id", "header:", "X-One", "hash", "~", "~1"),
            Arbitraries.strings().ofMaxLength(6))
        .list()
        .ofMaxSize(8)
        .map(parts -> String.join("", parts));
  }

  private static Optional<String> value(String text) throws Exception {
    ValueExpression expression = ValueExpression.parse("key", text);
    Envelope envelope =
        Envelope.read(
            REQUEST.body(), new Pointers(expression.pointers().toList(), List.of()), true);
    return expression.of(envelope, REQUEST, UnaryOperator.identity());
  }
}
