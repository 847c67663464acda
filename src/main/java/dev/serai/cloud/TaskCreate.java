package dev.serai.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * The bean of one use of the local Kamelet {@code task-create}: makes the data of an event of the
 * caller's message, tells what became of it, and gives the caller its message back.
 */
public final class TaskCreate {

  private static final String CALL = "SeraiTaskCreate";

  /** What a step {@code to: event} leaves; a webhook's route is answered by its own one. */
  private static final String RECEIPT = "SeraiReceipt";

  private static final Pattern QUEUE = Pattern.compile("[A-Za-z0-9-]{1,100}");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{0,400}");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final TaskTime time;
  private String queue = "default";
  private String name = "";
  private String url = "";
  private String method = "POST";
  private String contentType = "application/json";
  private TaskHeaders headers = new TaskHeaders("");
  private boolean fails;

  TaskCreate(Clock clock) {
    this.time = new TaskTime(clock);
  }

  /**
   * @throws IllegalArgumentException naming the parameter whose value can't be
   */
  public void open() {
    TaskRequest.require(
        QUEUE.matcher(queue).matches(),
        "parameter 'queue' is '%s'; it must be 1 to 100 letters, digits and -".formatted(queue));
    TaskRequest.requireMethod(method);
  }

  /** Puts the event's data in place of the caller's message; its headers tell the event's rest. */
  public void prepare(Exchange exchange) throws IOException {
    if (exchange.getContext().getRoute("task-queue-" + queue) == null) {
      throw new IllegalStateException(
          String.join(
              " ",
              "task-create: there is no queue '%s': no route 'task-queue-%s' runs."
                  .formatted(queue, queue),
              "Copy routes/kamelets/local/task-queue-default.camel.yaml"));
    }
    Message caller = exchange.getMessage();
    String called = SimpleExpression.value(exchange, name).strip();
    TaskRequest.require(
        NAME.matcher(called).matches(),
        "parameter 'name' gives '%s'; it must be at most 400 letters, digits, - and _"
            .formatted(called));
    Instant eta = time.of(exchange);
    TaskRequest request =
        TaskRequest.of(
            called,
            queue,
            method,
            SimpleExpression.value(exchange, url).strip(),
            headers.of(exchange),
            contentType,
            eta,
            PostBody.bytes(caller.getBody()));
    Message event = new DefaultMessage(exchange.getContext());
    event.setBody(request.json());
    event.setHeader(Exchange.CONTENT_TYPE, "application/json");
    event.setHeader("taskAt", request.eta());
    if (!called.isEmpty()) {
      event.setHeader("taskName", called);
      event.setHeader("taskKey", "task/%s/%s".formatted(queue, called));
    }
    exchange.setProperty(CALL, new Call(caller, called, exchange.getProperty(RECEIPT)));
    exchange.setMessage(event);
  }

  /**
   * Keeps what became of it in the variable {@code serai.result}.
   *
   * @param id the task's event
   * @param status what the append found
   * @throws TaskExistsException if there is or was one of its name, and the author says fail
   */
  public void created(Exchange exchange, String id, String status) throws JsonProcessingException {
    Call call = exchange.getProperty(CALL, Call.class);
    // One without a name that is known is this delivery's own, which is repeated.
    boolean exists = !call.name.isEmpty() && !status.equals("ACCEPTED");
    String told = call.name.isEmpty() ? id : call.name;
    exchange.setVariable(
        "serai.result",
        JSON.writeValueAsString(
            Map.of("queue", queue, "name", told, "status", exists ? "exists" : "created")));
    if (exists && fails) {
      throw new TaskExistsException(queue, told);
    }
  }

  /** Gives the caller its message back, whatever happened. */
  public void restore(Exchange exchange) {
    if (exchange.removeProperty(CALL) instanceof Call call) {
      exchange.setMessage(call.caller);
      exchange.setProperty(RECEIPT, call.receipt);
    }
  }

  public void setQueue(String queue) {
    this.queue = queue;
  }

  public void setName(String name) {
    this.name = name;
  }

  public void setUrl(String url) {
    this.url = url;
  }

  public void setMethod(String method) {
    this.method = method;
  }

  public void setContentType(String contentType) {
    this.contentType = contentType;
  }

  public void setHeaders(String headers) {
    this.headers = new TaskHeaders(headers);
  }

  public void setDelay(String delay) {
    time.delay(delay);
  }

  public void setAt(String at) {
    time.at(at);
  }

  /** Whether a name that is taken is an error: fail, or ignore. */
  public void setOnExists(String onExists) {
    TaskRequest.require(
        onExists.equals("fail") || onExists.equals("ignore"),
        "parameter 'onExists' is '%s'; it must be ignore or fail".formatted(onExists));
    this.fails = onExists.equals("fail");
  }

  private record Call(Message caller, String name, @Nullable Object receipt) {}
}
