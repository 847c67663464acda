package dev.serai.cloud;

import dev.serai.cloud.tasks.GoogleCloudTasksConstants;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;

/**
 * A task as {@code google-cloud-tasks} takes it; the bean of the route that hands over held ones.
 */
public final class GoogleTaskMessage {

  static Message of(Exchange exchange, TaskRequest task, String name) {
    Message message = new DefaultMessage(exchange.getContext());
    message.setBody(task.body());
    if (task.contentType() != null) {
      message.setHeader(Exchange.CONTENT_TYPE, task.contentType());
    }
    message.setHeader(GoogleCloudTasksConstants.QUEUE, task.queue());
    message.setHeader(GoogleCloudTasksConstants.TASK_NAME, name);
    message.setHeader(GoogleCloudTasksConstants.URL, task.url());
    message.setHeader(GoogleCloudTasksConstants.METHOD, task.method());
    message.setHeader(GoogleCloudTasksConstants.HEADERS, task.headers());
    message.setHeader(GoogleCloudTasksConstants.SCHEDULE_TIME, Instant.parse(task.eta()));
    return message;
  }

  /** Puts the task of an event in place of its message. */
  public void prepare(Exchange exchange) throws IOException {
    TaskRequest task = TaskRequest.parse(exchange.getMessage().getBody(String.class));
    Map<?, ?> about = exchange.getVariable("event", Map.class);
    String name = task.name() == null ? String.valueOf(about.get("id")) : task.name();
    exchange.setMessage(of(exchange, task, name));
  }
}
