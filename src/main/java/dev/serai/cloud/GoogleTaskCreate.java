package dev.serai.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.serai.cloud.tasks.GoogleCloudTasksConstants;
import dev.serai.cloud.tasks.TaskNames;
import dev.serai.cloud.tasks.TaskSettings;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The bean of one use of Google's Kamelet {@code task-create}: makes a message for {@code
 * google-cloud-tasks} of the caller's or, if the task is due too late for Cloud Tasks, an event.
 */
public final class GoogleTaskCreate extends TaskParameters {

  private final Clock clock;
  private final TaskSettings settings;
  private String step = "";

  GoogleTaskCreate(Clock clock, TaskSettings settings) {
    super(clock);
    this.clock = clock;
    this.settings = settings;
  }

  /** Puts what is sent in place of the caller's message; with a header taskAt it is an event. */
  public void prepare(Exchange exchange) throws IOException {
    TaskRequest request = request(exchange);
    Instant handOver = Instant.parse(request.eta()).minus(settings.handOver());
    Message message =
        handOver.isAfter(clock.instant())
            ? event(exchange, request, handOver)
            : task(exchange, request);
    replace(exchange, message, request.name());
  }

  /** Its header taskKey is the key that an event of the same task would have. */
  private Message task(Exchange exchange, TaskRequest request) throws IOException {
    if (request.name() != null) {
      Message message = GoogleTaskMessage.of(exchange, request, request.name());
      message.setHeader("taskKey", "task/%s/%s".formatted(queue(), request.name()));
      return message;
    }
    // A delivery that is repeated finds the task that it has made: by its name, as all tasks.
    String key = key(exchange);
    Message message = GoogleTaskMessage.of(exchange, request, TaskNames.hash(key));
    message.setHeader("taskKey", key);
    return message;
  }

  @SuppressWarnings("unchecked")
  private String key(Exchange exchange) {
    if (exchange.getProperty("SeraiBatch") != null) {
      throw new IllegalArgumentException(
          "task-create: parameter 'name' is missing; in a batch it must say what makes a repeated"
              + " delivery make the same task");
    }
    Object keys = exchange.getProperty("SeraiKeys");
    return keys == null
        ? UUID.randomUUID().toString()
        : ((UnaryOperator<String>) keys).apply(step.isEmpty() ? "task-create" : step);
  }

  /** Tells what Cloud Tasks has made of it. */
  public void made(Exchange exchange) throws JsonProcessingException {
    Message message = exchange.getMessage();
    String name = message.getHeader(GoogleCloudTasksConstants.TASK_NAME, "", String.class);
    String status = message.getHeader(GoogleCloudTasksConstants.STATUS, "", String.class);
    tell(exchange, name, !called(exchange).isEmpty() && status.equals("exists"));
  }

  /** Tells of a task that the hub has held, or holds: the header taskKnown has its event's id. */
  public void known(Exchange exchange) throws JsonProcessingException {
    String called = called(exchange);
    boolean named = !called.isEmpty();
    tell(
        exchange,
        named ? called : exchange.getMessage().getHeader("taskKnown", String.class),
        named);
  }

  /** The step that uses the Kamelet, the same after each start. */
  public void setStep(String step) {
    this.step = step;
  }
}
