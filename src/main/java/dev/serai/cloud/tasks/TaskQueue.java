package dev.serai.cloud.tasks;

import com.google.api.gax.rpc.ApiException;
import com.google.api.gax.rpc.StatusCode;
import com.google.cloud.tasks.v2.CloudTasksClient;
import com.google.cloud.tasks.v2.CreateTaskRequest;
import com.google.cloud.tasks.v2.DeleteTaskRequest;
import com.google.cloud.tasks.v2.GetTaskRequest;
import com.google.cloud.tasks.v2.ListTasksRequest;
import com.google.cloud.tasks.v2.ListTasksResponse;
import com.google.cloud.tasks.v2.Task;
import com.google.protobuf.Timestamp;
import dev.serai.cloud.google.GoogleAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What can be done with one queue. */
final class TaskQueue {

  /** How much further Google's clock may be behind this hub's. */
  private static final Duration CLOCKS = Duration.ofSeconds(10);

  private final CloudTasksClient client;
  private final String name;
  private final Duration timeout;
  private final GoogleAccount account;

  TaskQueue(CloudTasksClient client, String name, Duration timeout, GoogleAccount account) {
    this.client = client;
    this.name = name;
    this.timeout = timeout;
    this.account = account;
  }

  private TaskCall call() {
    return new TaskCall(name, timeout, account);
  }

  String task(String task) {
    return name + "/tasks/" + task;
  }

  /**
   * Makes a task.
   *
   * @param now when this is asked
   * @return the task; none, if there is or was another of its name
   */
  Optional<Task> create(Task task, Instant now) throws InterruptedException {
    TaskCall call = call();
    CreateTaskRequest request =
        CreateTaskRequest.newBuilder().setParent(name).setTask(task).build();
    try {
      // One without a name would be made twice.
      return Optional.of(
          call.make(client.createTaskCallable(), request, !task.getName().isEmpty()));
    } catch (ApiException e) {
      if (e.getStatusCode().getCode() != StatusCode.Code.ALREADY_EXISTS) {
        throw call.failure(e, "cloudtasks.tasks.create");
      }
      return call.isLost() ? get(task.getName()).filter(it -> since(it, now)) : Optional.empty();
    }
  }

  /** Whether a task was made since then: by the attempt whose answer was lost. */
  private static boolean since(Task task, Instant then) {
    Timestamp made = task.getCreateTime();
    return !Instant.ofEpochSecond(made.getSeconds(), made.getNanos()).isBefore(then.minus(CLOCKS));
  }

  /**
   * @param task its full name
   */
  Optional<Task> get(String task) throws InterruptedException {
    TaskCall call = call();
    try {
      GetTaskRequest request = GetTaskRequest.newBuilder().setName(task).build();
      return Optional.of(call.make(client.getTaskCallable(), request, true));
    } catch (ApiException e) {
      return none(call, e, "cloudtasks.tasks.get");
    }
  }

  /** Whether there was one. */
  boolean delete(String task) throws InterruptedException {
    TaskCall call = call();
    try {
      call.make(
          client.deleteTaskCallable(), DeleteTaskRequest.newBuilder().setName(task).build(), true);
      return true;
    } catch (ApiException e) {
      Optional<Task> none = none(call, e, "cloudtasks.tasks.delete");
      return none.isPresent() || call.isLost();
    }
  }

  private static Optional<Task> none(TaskCall call, ApiException e, String permission) {
    boolean queue = String.valueOf(e.getMessage()).contains("Queue does not exist");
    if (e.getStatusCode().getCode() == StatusCode.Code.NOT_FOUND && !queue) {
      return Optional.empty();
    }
    throw call.failure(e, permission);
  }

  ListTasksResponse list(int pageSize, String pageToken) throws InterruptedException {
    TaskCall call = call();
    ListTasksRequest request =
        ListTasksRequest.newBuilder()
            .setParent(name)
            .setPageSize(pageSize)
            .setPageToken(pageToken)
            .build();
    try {
      return call.make(client.listTasksCallable(), request, true);
    } catch (ApiException e) {
      throw call.failure(e, "cloudtasks.tasks.list");
    }
  }

  /** Whether there is such a queue, and it may be used. */
  void check() throws InterruptedException {
    TaskCall call = call();
    try {
      call.make(
          client.getQueueCallable(),
          com.google.cloud.tasks.v2.GetQueueRequest.newBuilder().setName(name).build(),
          true);
    } catch (ApiException e) {
      throw call.failure(e, "cloudtasks.queues.get");
    }
  }
}
