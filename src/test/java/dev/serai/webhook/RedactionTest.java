package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.TestHub;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is left of a body when some of its values must not be stored? */
class RedactionTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/a              | {\"a\": 1.50, \"b\":2}      | {\"a\": \"[redacted]\", \"b\":2}",
        "/a              | {\"b\":2,\"a\":{\"c\":[1]}} | {\"b\":2,\"a\":\"[redacted]\"}",
        "/a              | {\"a\":[{\"a\":1}, 2] }     | {\"a\":\"[redacted]\" }",
        "/*/a            | {\"x\":{\"a\":true},\"a\":1} | {\"x\":{\"a\":\"[redacted]\"},\"a\":1}",
        "/x/1            | {\"x\":[ \"y\", \"z\" ]}    | {\"x\":[ \"y\", \"[redacted]\" ]}",
        "/a /b           | {\"b\":\"é\\\"\", \"a\":-1e9} | {\"b\":\"[redacted]\","
            + " \"a\":\"[redacted]\"}",
        "/a              | {\"a\":null}               | {\"a\":null}",
        "/a              | {\"a\":\"\"}               | {\"a\":\"\"}",
        "/a/b            | {\"a\":\"b\"}              | {\"a\":\"b\"}",
      })
  void theNamedValuesAreReplacedAndNothingElse(String places, String body, String expected) {
    assertThat(redacted("t.*=" + places, body)).isEqualTo(expected);
  }

  @Test
  void otherTypesStayAsTheyAre() {
    assertThat(redacted("auth.users.*=/a", "{\"a\":1}")).isEqualTo("{\"a\":1}");
  }

  @Test
  void numbersKeepTheirDigits() throws Exception {
    String body = TestHub.resource("fixtures/supabase/01-db-insert-orders.json");

    String stored = redacted("t.*=/record/user_id", body);

    assertThat(stored).contains("\"amount\": 2499.00,").doesNotContain("4f1c9a52");
    assertThat(stored)
        .isEqualTo(body.replace("\"4f1c9a52-7d36-4a58-9b0e-2c6d1e8f0a11\"", "\"[redacted]\""));
  }

  @Property
  void whateverTheBodyItStaysJsonAndOnlyTheValueIsGone(
      @ForAll("objects") Map<String, Object> object, @ForAll String secret) throws Exception {
    ObjectNode body = JSON.valueToTree(object);
    body.put("secret", "x" + secret);
    ObjectNode expected = body.deepCopy();
    expected.put("secret", "[redacted]");

    JsonNode read = JSON.readTree(redacted("t.*=/secret", JSON.writeValueAsString(body)));

    assertThat(read).isEqualTo(expected);
  }

  @Provide
  Arbitrary<Map<String, Object>> objects() {
    Arbitrary<Object> scalars =
        Arbitraries.oneOf(
            Arbitraries.strings().map(text -> (Object) text),
            Arbitraries.integers().map(number -> (Object) number),
            Arbitraries.of(true, false).map(bool -> (Object) bool));
    Arbitrary<String> names = Arbitraries.strings().ofMaxLength(5).map(name -> "_" + name);
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            scalars,
            scalars.list().ofMaxSize(4).map(list -> (Object) list),
            Arbitraries.maps(names, scalars).ofMaxSize(4).map(map -> (Object) map));
    return Arbitraries.maps(names, values).ofMaxSize(6);
  }

  @ParameterizedTest
  @CsvSource({"users, must be written", "users=id, no JSON pointer", "u s=/id, no event type"})
  void aRuleThatCanNotBeReadIsNamed(String rule, String problem) {
    assertThatThrownBy(() -> Redaction.parse(rule))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(problem);
  }

  private static String redacted(String rules, String body) {
    return new String(
        Redaction.parse(rules).apply("t.x", body.getBytes(StandardCharsets.UTF_8)),
        StandardCharsets.UTF_8);
  }
}
