package dev.serai.trace;

import io.opentelemetry.api.trace.SpanKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.spi.InterceptStrategy;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.jspecify.annotations.Nullable;

/** Each use of a Kamelet, the doors to the outside, is a hop of the delivery that it belongs to. */
final class KameletHops implements InterceptStrategy {

  /** Within a template {@code kamelet:source} and {@code kamelet:sink} are its own ends. */
  private static final Pattern NAMED =
      Pattern.compile("kamelet:(?!source|sink)([a-z][a-z0-9-]*).*");

  private final Tracing tracing;

  KameletHops(Tracing tracing) {
    this.tracing = tracing;
  }

  @Override
  public Processor wrapProcessorInInterceptors(
      CamelContext context, NamedNode definition, Processor target, @Nullable Processor next) {
    if (definition instanceof ToDefinition to && to.getUri() != null) {
      Matcher named = NAMED.matcher(to.getUri());
      if (named.matches()) {
        return new Call(target, named.group(1), to.getId());
      }
    }
    return target;
  }

  private final class Call extends DelegateAsyncProcessor {
    private final String kamelet;
    private final String step;

    Call(Processor target, String kamelet, String step) {
      super(target);
      this.kamelet = kamelet;
      this.step = step;
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
      Hop outer = Hop.of(exchange);
      if (outer == null || !outer.isSampled()) {
        return super.process(exchange, callback);
      }
      Hop hop =
          tracing
              .begin("kamelet " + kamelet, SpanKind.CLIENT, outer.context())
              .with("serai.step", step);
      exchange.setProperty(Hop.PROPERTY, hop);
      return super.process(
          exchange,
          doneSync -> {
            exchange.setProperty(Hop.PROPERTY, outer);
            Throwable failure = exchange.getException();
            hop.end(failure == null ? null : failure.getClass().getName());
            callback.done(doneSync);
          });
    }
  }
}
