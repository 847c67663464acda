package dev.serai.cloud;

import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import org.apache.camel.Exchange;

/**
 * The bean of one use of the local Kamelet {@code task-create}: makes the data of an event of the
 * caller's message, tells what became of it, and gives the caller its message back.
 */
public final class TaskCreate extends TaskParameters {

  TaskCreate(Clock clock) {
    super(clock);
  }

  /** Puts the event's data in place of the caller's message; its headers tell the event's rest. */
  public void prepare(Exchange exchange) throws IOException {
    if (exchange.getContext().getRoute("task-queue-" + queue()) == null) {
      throw new IllegalStateException(
          String.join(
              " ",
              "task-create: there is no queue '%s': no route 'task-queue-%s' runs."
                  .formatted(queue(), queue()),
              "Copy routes/kamelets/local/task-queue-default.camel.yaml"));
    }
    TaskRequest request = request(exchange);
    replace(exchange, event(exchange, request, Instant.parse(request.eta())), request.name());
  }
}
