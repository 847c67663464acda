package dev.serai.cloud.tasks;

import com.google.cloud.tasks.v2.ListTasksResponse;
import com.google.cloud.tasks.v2.Task;
import com.google.protobuf.util.JsonFormat;
import dev.serai.cloud.TaskExistsException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultProducer;

/** Makes, deletes, gets and lists the tasks of a queue. */
final class GoogleCloudTasksProducer extends DefaultProducer {

  private final GoogleCloudTasksEndpoint endpoint;
  private final GoogleCloudTasksOptions options;
  private final NewTask tasks;
  private final Clock clock;

  GoogleCloudTasksProducer(
      GoogleCloudTasksEndpoint endpoint,
      GoogleCloudTasksOptions options,
      TaskSettings settings,
      Clock clock) {
    super(endpoint);
    this.endpoint = endpoint;
    this.options = options;
    this.tasks = new NewTask(options, settings);
    this.clock = clock;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    endpoint.used(true);
  }

  @Override
  protected void doStop() throws Exception {
    endpoint.used(false);
    super.doStop();
  }

  @Override
  public void process(Exchange exchange) throws Exception {
    Message message = exchange.getMessage();
    String operation =
        NewTask.value(message, GoogleCloudTasksConstants.OPERATION, options.operation.name());
    TaskQueue queue =
        endpoint.queue(NewTask.value(message, GoogleCloudTasksConstants.QUEUE, options.queue));
    switch (GoogleCloudTasksOperation.valueOf(operation.toUpperCase(Locale.ROOT))) {
      case CREATE -> create(exchange, queue);
      case DELETE -> delete(message, queue);
      case GET -> get(message, queue);
      case LIST -> list(message, queue);
    }
  }

  private void create(Exchange exchange, TaskQueue queue) throws Exception {
    Message message = exchange.getMessage();
    String given = NewTask.value(message, GoogleCloudTasksConstants.TASK_NAME, options.name);
    String name = given.isEmpty() ? "" : queue.task(TaskNames.fitting(given));
    var now = clock.instant();
    Optional<Task> made = queue.create(tasks.of(exchange, name, now), now);
    if (made.isEmpty() && options.onExists.equals("fail")) {
      throw new TaskExistsException(options.queue, given);
    }
    told(message, made.map(Task::getName).orElse(name), made.isPresent() ? "created" : "exists");
  }

  private static void told(Message message, String task, String status) {
    message.setHeader(
        GoogleCloudTasksConstants.TASK_NAME, task.substring(task.lastIndexOf('/') + 1));
    message.setHeader(GoogleCloudTasksConstants.FULL_NAME, task);
    message.setHeader(GoogleCloudTasksConstants.STATUS, status);
  }

  private void delete(Message message, TaskQueue queue) throws InterruptedException {
    String task = named(message, queue);
    Optional<Task> found = options.unlessRunning ? queue.get(task) : Optional.empty();
    boolean running = found.filter(it -> it.getDispatchCount() > it.getResponseCount()).isPresent();
    boolean missing = options.unlessRunning && found.isEmpty();
    String status = running ? "running" : missing || !queue.delete(task) ? "missing" : "deleted";
    message.setHeader(GoogleCloudTasksConstants.STATUS, status);
  }

  private void get(Message message, TaskQueue queue) throws Exception {
    Optional<Task> found = queue.get(named(message, queue));
    message.setHeader(GoogleCloudTasksConstants.STATUS, found.isPresent() ? "found" : "missing");
    if (found.isPresent()) {
      message.setHeader(GoogleCloudTasksConstants.FULL_NAME, found.get().getName());
      message.setBody(JsonFormat.printer().print(found.get()));
    } else {
      message.setBody(null);
    }
  }

  private void list(Message message, TaskQueue queue) throws Exception {
    ListTasksResponse page =
        queue.list(
            options.pageSize, NewTask.value(message, GoogleCloudTasksConstants.PAGE_TOKEN, ""));
    message.setBody(JsonFormat.printer().print(page));
    if (page.getNextPageToken().isEmpty()) {
      message.removeHeader(GoogleCloudTasksConstants.PAGE_TOKEN);
    } else {
      message.setHeader(GoogleCloudTasksConstants.PAGE_TOKEN, page.getNextPageToken());
    }
  }

  private String named(Message message, TaskQueue queue) {
    String name = NewTask.value(message, GoogleCloudTasksConstants.TASK_NAME, options.name);
    GoogleCloudTasksOptions.require(!name.isEmpty(), "name", name, "name the task");
    return queue.task(TaskNames.fitting(name));
  }
}
