package dev.serai.webhook;

import dev.serai.event.NewEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Has a route decide within its time, on a thread of its own that a late one may keep. */
final class Decisions {

  /** Routes that hang keep their threads: so many at most. */
  private static final int MOST_AT_ONCE = 256;

  private static final Logger log = LoggerFactory.getLogger(Decisions.class);

  private final String source;
  private final Processor route;
  private final Duration budget;
  private final SafeAnswer safe;
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);

  Decisions(String source, Processor route, Duration budget, SafeAnswer safe) {
    this.source = source;
    this.route = route;
    this.budget = budget;
    this.safe = safe;
  }

  Decision decide(Endpoint endpoint, NewEvent request) throws InterruptedException {
    if (!places.tryAcquire()) {
      return fallback(request, Decision.Fallback.BUSY);
    }
    Exchange exchange = endpoint.createExchange();
    // A text, as handlers get it; it was read as JSON in UTF-8 before.
    String asked = new String(request.body(), StandardCharsets.UTF_8);
    exchange.getIn().setBody(asked);
    exchange.getIn().setHeader(Exchange.CONTENT_TYPE, request.contentType());
    FutureTask<Exchange> task = new FutureTask<>(() -> run(exchange), exchange);
    Thread.ofVirtual().name("decide-" + source).start(task);
    try {
      Exchange decided = task.get(budget.toNanos(), TimeUnit.NANOSECONDS);
      return decided.getException() == null
          ? answer(request, asked, decided.getMessage().getBody())
          : failed(request, decided.getException());
    } catch (TimeoutException late) {
      task.cancel(true);
      log.warn("The route of source '{}' has not decided within {}", source, budget);
      return fallback(request, Decision.Fallback.LATE);
    } catch (ExecutionException e) {
      return failed(request, e);
    }
  }

  /** A route that has left the body alone has not answered. */
  private Decision answer(NewEvent request, String asked, @Nullable Object body) {
    return asked.equals(body)
        ? fallback(request, Decision.Fallback.INVALID)
        : safe.answer(body)
            .map(answer -> new Decision(answer, null))
            .orElseGet(() -> fallback(request, Decision.Fallback.INVALID));
  }

  private void run(Exchange exchange) {
    try {
      route.process(exchange);
    } catch (Exception e) {
      exchange.setException(e);
    } finally {
      places.release();
    }
  }

  /** Without its message, which may repeat what the request says of somebody. */
  private Decision failed(NewEvent request, Throwable failure) {
    log.warn("The route of source '{}' failed to decide: {}", source, failure.getClass().getName());
    return fallback(request, Decision.Fallback.FAILED);
  }

  private Decision fallback(NewEvent request, Decision.Fallback reason) {
    return new Decision(safe.to(request.body()), reason);
  }
}
