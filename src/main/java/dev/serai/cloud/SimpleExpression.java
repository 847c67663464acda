package dev.serai.cloud;

import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Reads what a Kamelet gives its bean, by Camel's simple language. */
public final class SimpleExpression {

  private SimpleExpression() {}

  /** Its value as text; empty when there is none. */
  public static String value(Exchange exchange, String expression) {
    String value =
        exchange
            .getContext()
            .resolveLanguage("simple")
            .createExpression(expression)
            .evaluate(exchange, String.class);
    return value == null ? "" : value;
  }

  /** Its value as it is: a variable may be a map. */
  public static @Nullable Object object(Exchange exchange, String expression) {
    return exchange
        .getContext()
        .resolveLanguage("simple")
        .createExpression(expression)
        .evaluate(exchange, Object.class);
  }
}
