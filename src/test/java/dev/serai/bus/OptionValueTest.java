package dev.serai.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.apache.camel.CamelContext;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** What is the value of an option that is text, an expression or a pointer? */
class OptionValueTest {

  private static final CamelContext CAMEL = new DefaultCamelContext();
  private static final String BODY =
      "{\"id\":\"in_1\",\"n\":7,\"none\":null,\"empty\":\"\",\"a/b\":{\"c\":[true]}}";

  @AfterAll
  static void close() throws Exception {
    CAMEL.close();
  }

  @Test
  void textIsItself() {
    assertThat(value("plain.text")).isEqualTo("plain.text");
  }

  @Test
  void aPointerPointsIntoTheBody() {
    assertThat(value("/id")).isEqualTo("in_1");
    assertThat(value("/n")).isEqualTo("7");
    assertThat(value("/a~1b/c/0")).isEqualTo("true");
  }

  @Test
  void anExpressionIsEvaluated() {
    assertThat(value("x-${variable.who}")).isEqualTo("x-cus_1");
  }

  @Test
  void whatIsAbsentNullOrEmptyIsNone() {
    assertThat(value("/absent")).isNull();
    assertThat(value("/none")).isNull();
    assertThat(value(null)).isNull();
    assertThat(value("  ")).isNull();
    assertThat(value("${variable.absent}")).isNull();
    assertThat(value("/empty")).isNull();
  }

  @Test
  void aRequiredOneThatIsNoneIsNamed() {
    assertThatThrownBy(() -> option("/absent").required(scope()))
        .hasMessageContaining("'subject'")
        .hasMessageContaining("/absent");
    assertThatThrownBy(() -> option(null).required(scope())).hasMessageContaining("missing");
  }

  private static @Nullable String value(@Nullable String text) {
    return option(text).of(scope());
  }

  private static OptionValue option(@Nullable String text) {
    return new OptionValue(CAMEL, "subject", text);
  }

  private static OptionValue.Scope scope() {
    var exchange = new DefaultExchange(CAMEL);
    exchange.setVariable("who", "cus_1");
    return new OptionValue.Scope(exchange, OptionValueTest::json);
  }

  private static JsonNode json() {
    try {
      return new ObjectMapper().readTree(BODY);
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
