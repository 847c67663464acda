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

/** The parameters of the Kamelet {@code task-create}, and what it does on every cloud. */
public abstract sealed class TaskParameters permits TaskCreate, GoogleTaskCreate {

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

  TaskParameters(Clock clock) {
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

  String queue() {
    return queue;
  }

  /** The task that the caller's message is. */
  TaskRequest request(Exchange exchange) throws IOException {
    String called = SimpleExpression.value(exchange, name).strip();
    TaskRequest.require(
        NAME.matcher(called).matches(),
        "parameter 'name' gives '%s'; it must be at most 400 letters, digits, - and _"
            .formatted(called));
    Instant eta = time.of(exchange);
    return TaskRequest.of(
        called,
        queue,
        method,
        SimpleExpression.value(exchange, url).strip(),
        headers.of(exchange),
        contentType,
        eta,
        PostBody.bytes(exchange.getMessage().getBody()));
  }

  /** Puts a message in place of the caller's, which {@link #restore} gives back. */
  void replace(Exchange exchange, Message message, @Nullable String called) {
    exchange.setProperty(
        CALL,
        new Call(
            exchange.getMessage(), called == null ? "" : called, exchange.getProperty(RECEIPT)));
    exchange.setMessage(message);
  }

  /** An event with the task as its data; its headers tell the event's rest. */
  Message event(Exchange exchange, TaskRequest request, Instant at) throws IOException {
    Message event = new DefaultMessage(exchange.getContext());
    event.setBody(request.json());
    event.setHeader(Exchange.CONTENT_TYPE, "application/json");
    event.setHeader("taskAt", at.toString());
    if (request.name() != null) {
      event.setHeader("taskName", request.name());
      event.setHeader("taskKey", "task/%s/%s".formatted(queue, request.name()));
    }
    return event;
  }

  /**
   * Keeps what became of an event with a task in the variable {@code serai.result}.
   *
   * @param id the task's event
   * @param status what the append found
   * @throws TaskExistsException if there is or was one of its name, and the author says fail
   */
  public void created(Exchange exchange, String id, String status) throws JsonProcessingException {
    String called = called(exchange);
    // One without a name that is known is this delivery's own, which is repeated.
    boolean exists = !called.isEmpty() && !status.equals("ACCEPTED");
    tell(exchange, called.isEmpty() ? id : called, exists);
  }

  /** The name that the author gives; empty, if none. */
  static String called(Exchange exchange) {
    return exchange.getProperty(CALL, Call.class).name;
  }

  void tell(Exchange exchange, String told, boolean exists) throws JsonProcessingException {
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
