package dev.serai.cloud;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.cloud.tasks.GoogleCloudTasksConstants;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/** The bean of one use of Google's Kamelet {@code task-delete}. */
public final class GoogleTaskDelete {

  private static final String CALL = "SeraiTaskDelete";
  private static final ObjectMapper JSON = new ObjectMapper();

  private String queue = "default";
  private String name = "";

  /** Puts a message that names the task in place of the caller's. */
  public void prepare(Exchange exchange) {
    String called = SimpleExpression.value(exchange, name).strip();
    if (called.isEmpty()) {
      throw new IllegalArgumentException(
          "task-delete: parameter 'name' gives nothing; it must name a task");
    }
    exchange.setProperty(CALL, exchange.getMessage());
    Message message = new DefaultMessage(exchange.getContext());
    message.setHeader(GoogleCloudTasksConstants.QUEUE, queue);
    message.setHeader(GoogleCloudTasksConstants.TASK_NAME, called);
    exchange.setMessage(message);
  }

  /** Keeps what became of the task in {@code serai.result}. */
  public void deleted(Exchange exchange) throws JsonProcessingException {
    Message message = exchange.getMessage();
    String held = message.getHeader("taskHeld", String.class);
    String called = message.getHeader(GoogleCloudTasksConstants.TASK_NAME, String.class);
    String status = message.getHeader(GoogleCloudTasksConstants.STATUS, held, String.class);
    exchange.setVariable(
        "serai.result",
        JSON.writeValueAsString(Map.of("queue", queue, "name", called, "status", status)));
  }

  /** Gives the caller its message back, whatever happened. */
  public void restore(Exchange exchange) {
    if (exchange.removeProperty(CALL) instanceof Message caller) {
      exchange.setMessage(caller);
    }
  }

  public void setQueue(String queue) {
    this.queue = queue;
  }

  public void setName(String name) {
    this.name = name;
  }
}
