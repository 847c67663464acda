package dev.serai.bus;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.function.Supplier;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.jspecify.annotations.Nullable;

/** An option that is text, a simple expression, or a JSON pointer into the message's body. */
final class OptionValue {

  private final String name;
  private final @Nullable String text;
  private final @Nullable JsonPointer pointer;
  private final @Nullable Expression expression;

  OptionValue(CamelContext context, String name, @Nullable String text) {
    this.name = name;
    boolean set = text != null && !text.isBlank();
    this.text = set ? text : null;
    this.pointer = text != null && text.startsWith("/") ? JsonPointer.compile(text) : null;
    this.expression = text != null && text.contains("${") ? simple(context, text) : null;
  }

  private static Expression simple(CamelContext context, String text) {
    Expression expression = context.resolveLanguage("simple").createExpression(text);
    expression.init(context);
    return expression;
  }

  boolean isSet() {
    return text != null;
  }

  /** The value for this message, or null when there is none. */
  @Nullable String of(Scope scope) {
    String value =
        pointer != null
            ? at(pointer, scope)
            : expression == null ? text : expression.evaluate(scope.exchange, String.class);
    return value == null || value.isEmpty() ? null : value;
  }

  private static @Nullable String at(JsonPointer pointer, Scope scope) {
    JsonNode node = scope.json.get().at(pointer);
    return node.isMissingNode() || node.isNull() ? null : node.asText();
  }

  /** The value where there is no body yet for a pointer to point into. */
  @Nullable String of(Exchange exchange) {
    return of(new Scope(exchange, MissingNode::getInstance));
  }

  String required(Scope scope) {
    String value = of(scope);
    if (value == null) {
      throw new IllegalArgumentException(
          text == null
              ? "event: option '%s' is missing".formatted(name)
              : "event: option '%s' (%s) has no value for this message".formatted(name, text));
    }
    return value;
  }

  /**
   * What options are evaluated against.
   *
   * @param json the body as a tree; parsed only if an option asks for it
   */
  record Scope(Exchange exchange, Supplier<JsonNode> json) {}
}
