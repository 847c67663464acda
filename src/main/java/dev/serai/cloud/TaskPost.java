package dev.serai.cloud;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.apache.hc.core5.http.ContentType;
import org.springframework.boot.convert.DurationStyle;

/**
 * The bean of one use of the local Kamelet {@code task-deliver}: makes the request that a task is,
 * with the headers of Cloud Tasks, and judges the answer.
 */
public final class TaskPost {

  private static final String CALL = "SeraiTaskPost";
  private static final int SHORTEST_SECRET = 6;

  private final Guard guard;
  private Duration responseTimeout = Duration.ofSeconds(30);

  TaskPost(Guard guard) {
    this.guard = guard;
  }

  /** Puts the request in place of the message, an event with a task. */
  public void prepare(Exchange exchange) throws IOException {
    Message event = exchange.getMessage();
    TaskRequest task = TaskRequest.parse(event.getBody(String.class));
    Map<?, ?> about = exchange.getVariable("event", Map.class);
    String name = task.name() == null ? String.valueOf(about.get("id")) : task.name();
    URI url = guard.check("Task '%s' of queue '%s'".formatted(name, task.queue()), task.url());
    Message request = new DefaultMessage(exchange.getContext());
    task.headers().forEach(request::setHeader);
    request.setHeader("X-CloudTasks-TaskName", name);
    request.setHeader("X-CloudTasks-QueueName", task.queue());
    int attempt = about.get("attempt") instanceof Integer number ? number : 1;
    request.setHeader("X-CloudTasks-TaskRetryCount", Integer.toString(attempt - 1));
    request.setHeader(
        "X-CloudTasks-TaskExecutionCount", exchange.getVariable("taskAnswers", "0", String.class));
    request.setHeader("X-CloudTasks-TaskETA", seconds(Instant.parse(task.eta())));
    request.setHeader(Exchange.HTTP_METHOD, task.method());
    request.setHeader(Exchange.HTTP_URI, url.toString());
    if (task.hasBody()) {
      request.setBody(new PostEntity(task.body(), contentType(task), responseTimeout));
    }
    exchange.setProperty(CALL, new Call(task, name, url, event, System.nanoTime()));
    exchange.setMessage(request);
  }

  private static String seconds(Instant eta) {
    return BigDecimal.valueOf(eta.getEpochSecond())
        .add(BigDecimal.valueOf(eta.getNano() / 1000, 6))
        .toPlainString();
  }

  private static ContentType contentType(TaskRequest task) {
    return task.contentType() == null
        ? ContentType.APPLICATION_OCTET_STREAM
        : ContentType.parse(task.contentType());
  }

  /**
   * Keeps the answer in variables.
   *
   * @throws ReceiverException unless it is a success
   */
  public void judge(Exchange exchange) throws ReceiverException {
    Call call = exchange.getProperty(CALL, Call.class);
    Answer answer =
        Answer.of(
            exchange.getMessage(),
            "%s of queue %s".formatted(call.name, call.task.queue()),
            call.url.getHost(),
            text -> withoutSecrets(call, text),
            (System.nanoTime() - call.beganAt) / 1_000_000);
    exchange.setVariable("serai.status", answer.status());
    exchange.setVariable("serai.result", answer.json());
    if (!answer.isSuccess()) {
      throw ReceiverException.of(answer);
    }
  }

  /** A receiver may echo what it was sent. */
  private static String withoutSecrets(Call call, String text) {
    List<String> confidential = new ArrayList<>(call.task.headers().values());
    if (call.url.getRawQuery() != null) {
      confidential.add(call.url.getRawQuery());
    }
    String clean = text;
    for (String value : confidential) {
      String last = value.substring(value.lastIndexOf(' ') + 1);
      clean = last.length() < SHORTEST_SECRET ? clean : clean.replace(last, "***");
    }
    return clean;
  }

  /** Gives the caller its message back, whatever happened. */
  public void restore(Exchange exchange) {
    exchange.removeVariable("taskAnswers");
    if (exchange.removeProperty(CALL) instanceof Call call) {
      exchange.setMessage(call.event);
    }
  }

  /** How long all of a request with a body may take. */
  public void setResponseTimeout(String responseTimeout) {
    this.responseTimeout = DurationStyle.detectAndParse(responseTimeout);
  }

  private record Call(TaskRequest task, String name, URI url, Message event, long beganAt) {}
}
