package dev.serai.job;

import dev.serai.event.Claimed;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.support.DefaultProducer;
import org.jspecify.annotations.Nullable;

/** Notes what the run does that a route handles. */
final class RunProducer extends DefaultProducer {

  private final @Nullable Expression progress;
  private final @Nullable Expression message;
  private final @Nullable Expression line;
  private final RunNotes notes;

  RunProducer(JobEndpoint endpoint, RunOptions options, RunNotes notes) {
    super(endpoint);
    this.progress = expression(options.progress);
    this.message = expression(options.message);
    this.line = expression(options.log);
    this.notes = notes;
    if (progress == null && message == null && line == null) {
      throw new IllegalArgumentException(
          "job: to: job needs an option progress, message or log; it starts no job");
    }
  }

  private @Nullable Expression expression(@Nullable String text) {
    if (text == null) {
      return null;
    }
    Expression expression =
        getEndpoint().getCamelContext().resolveLanguage("simple").createExpression(text);
    expression.init(getEndpoint().getCamelContext());
    return expression;
  }

  @Override
  public void process(Exchange exchange) {
    Claimed run = exchange.getProperty(Claimed.PROPERTY, Claimed.class);
    if (run == null || !run.event().source().equals(NewRun.SOURCE)) {
      throw new IllegalStateException(
          "job: to: job notes what a run does, and this route handles none");
    }
    notes.note(run, percent(exchange), text(message, exchange), text(line, exchange));
  }

  private @Nullable Integer percent(Exchange exchange) {
    String text = text(progress, exchange);
    if (text == null) {
      return null;
    }
    try {
      double value = Double.parseDouble(text);
      if (value >= 0 && value <= 100) {
        return (int) value;
      }
    } catch (NumberFormatException e) {
      // The same message as for one out of range.
    }
    throw new IllegalArgumentException(
        "job: option 'progress' is '%s'; it must be a number from 0 to 100".formatted(text));
  }

  private static @Nullable String text(@Nullable Expression expression, Exchange exchange) {
    return expression == null ? null : expression.evaluate(exchange, String.class);
  }
}
