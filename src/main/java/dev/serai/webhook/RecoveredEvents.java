package dev.serai.webhook;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * The bean of one use of the Kamelet {@code recover-events}: appends the bodies that the message
 * has, and counts in the variable {@code recovery}.
 */
public final class RecoveredEvents {

  private final Recoveries recoveries;
  private String source = "";
  private String by = "";
  private String looked = "";

  RecoveredEvents(Recoveries recoveries) {
    this.recoveries = recoveries;
  }

  /** An expression in Camel's simple language, as all of these. */
  public void setSource(String source) {
    this.source = source;
  }

  /** How the events were asked for. */
  public void setBy(String by) {
    this.by = by;
  }

  /** How many were looked at to find these; as many as these, if empty. */
  public void setLooked(String looked) {
    this.looked = looked;
  }

  /** Returns after the commit; the body stays as it is. */
  public void append(Exchange exchange) {
    List<byte[]> bodies = bodies(exchange.getMessage().getBody());
    if (exchange.getVariable(Recoveries.VARIABLE) == null) {
      recoveries.begin(exchange);
    }
    String count = value(exchange, looked);
    recoveries.append(
        value(exchange, source),
        value(exchange, by),
        bodies,
        count.isEmpty() ? bodies.size() : Long.parseLong(count),
        exchange.getVariable(Recoveries.VARIABLE, Recovery.class));
  }

  private static String value(Exchange exchange, String expression) {
    String value =
        exchange
            .getContext()
            .resolveLanguage("simple")
            .createExpression(expression)
            .evaluate(exchange, String.class);
    return value == null ? "" : value;
  }

  /** A body, several, a page with its {@code events}, or rows of SQL with a column {@code body}. */
  private static List<byte[]> bodies(@Nullable Object found) {
    return switch (found) {
      case null -> List.of();
      case byte[] bytes -> List.of(bytes);
      case String text -> List.of(text.getBytes(StandardCharsets.UTF_8));
      case Collection<?> several -> several.stream().flatMap(one -> bodies(one).stream()).toList();
      case Map<?, ?> map when map.containsKey("events") -> bodies(map.get("events"));
      case Map<?, ?> map -> bodies(map.get("body"));
      default ->
          throw new IllegalArgumentException(
              "recover-events: the body is a %s; it must be text, bytes or a list of these"
                  .formatted(found.getClass().getName()));
    };
  }
}
