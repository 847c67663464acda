package dev.serai.redis;

import java.time.Duration;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;

/**
 * The bean of one use of the Kamelet {@code cached}: the body becomes what a route answers, which
 * is called only if the answer to this key is not in the cache.
 */
public final class CachedStep {

  private final Cache cache;
  private String workspace = "";
  private String key = "";
  private String route = "";
  private String ttl = "";

  CachedStep(Cache cache) {
    this.cache = cache;
  }

  /** An expression in Camel's simple language. */
  public void setWorkspace(String workspace) {
    this.workspace = workspace;
  }

  /** An expression in Camel's simple language. */
  public void setKey(String key) {
    this.key = key;
  }

  /** The id of the route to call. */
  public void setRoute(String route) {
    this.route = route;
  }

  public void setTtl(String ttl) {
    this.ttl = ttl;
  }

  /** Makes the body what is cached, or what the route answers. */
  public void answer(Exchange exchange) {
    Duration kept = DurationStyle.detectAndParse(ttl);
    String answer =
        cache.getOrCompute(
            value(exchange, workspace), value(exchange, key), kept, () -> call(exchange));
    exchange.getMessage().setBody(answer);
  }

  private @Nullable String call(Exchange exchange) {
    try (ProducerTemplate template = exchange.getContext().createProducerTemplate()) {
      Exchange asked =
          template.send(
              "direct:" + route,
              copy -> {
                copy.getMessage().setBody(exchange.getMessage().getBody());
                copy.getMessage().setHeaders(exchange.getMessage().getHeaders());
                exchange.getVariables().forEach(copy::setVariable);
              });
      if (asked.getException() != null) {
        throw new IllegalStateException(
            "Route '%s' failed: %s".formatted(route, asked.getException().getMessage()),
            asked.getException());
      }
      return asked.getMessage().getBody(String.class);
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
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
}
