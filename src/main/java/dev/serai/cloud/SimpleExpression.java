package dev.serai.cloud;

import org.apache.camel.Exchange;

/** Reads what a Kamelet gives its bean, by Camel's simple language. */
final class SimpleExpression {

  private SimpleExpression() {}

  /** Its value as text; empty when there is none. */
  static String value(Exchange exchange, String expression) {
    String value =
        exchange
            .getContext()
            .resolveLanguage("simple")
            .createExpression(expression)
            .evaluate(exchange, String.class);
    return value == null ? "" : value;
  }
}
