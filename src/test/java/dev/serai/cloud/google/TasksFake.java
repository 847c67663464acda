package dev.serai.cloud.google;

import com.google.cloud.tasks.v2.CloudTasksGrpc;
import com.google.cloud.tasks.v2.CreateTaskRequest;
import com.google.cloud.tasks.v2.DeleteTaskRequest;
import com.google.cloud.tasks.v2.GetQueueRequest;
import com.google.cloud.tasks.v2.GetTaskRequest;
import com.google.cloud.tasks.v2.ListTasksRequest;
import com.google.cloud.tasks.v2.ListTasksResponse;
import com.google.cloud.tasks.v2.Queue;
import com.google.cloud.tasks.v2.Task;
import com.google.protobuf.Empty;
import com.google.protobuf.Timestamp;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Cloud Tasks: it keeps tasks by name, remembers the names of those that are gone, and posts each
 * when it is due until the answer is 2xx.
 */
public final class TasksFake extends CloudTasksGrpc.CloudTasksImplBase {

  private static final String QUEUES = "projects/%s/locations/asia-south1/queues/";
  private static final Duration FURTHEST = Duration.ofDays(30);

  private final Map<String, Task> tasks = new ConcurrentSkipListMap<>();
  private final Set<String> gone = ConcurrentHashMap.newKeySet();
  private final AtomicInteger losing = new AtomicInteger();
  private final TaskDelivery delivery;

  public TasksFake(GoogleTokens tokens) {
    this.delivery = new TaskDelivery(this, tokens);
  }

  /** The next so many tasks are made, and whoever asked is not told. */
  public void loseAnswers(int times) {
    losing.set(times);
  }

  /** Those that wait or are being sent, by full name. */
  public Map<String, Task> tasks() {
    return tasks;
  }

  /** One of them. */
  public Task task(String name) {
    return Objects.requireNonNull(tasks.get(name), name);
  }

  private static Status unknownQueue(String queue) {
    if (!queue.startsWith("projects/%s/".formatted(GoogleHub.PROJECT))) {
      return Status.PERMISSION_DENIED.withDescription(
          "The principal lacks IAM permission \"cloudtasks.tasks.create\" for the resource \"%s\""
              .formatted(queue));
    }
    boolean known = queue.matches(QUEUES.formatted(GoogleHub.PROJECT) + "(default|callbacks)");
    return known
        ? Status.OK
        : Status.NOT_FOUND.withDescription(
            "Queue does not exist. If you just created the queue, wait at least a minute for the"
                + " queue to initialize.");
  }

  private static String queue(String task) {
    return task.replaceFirst("/tasks/.*", "");
  }

  @Override
  public void createTask(CreateTaskRequest request, StreamObserver<Task> answer) {
    Status queue = unknownQueue(request.getParent());
    if (!queue.isOk()) {
      answer.onError(queue.asRuntimeException());
      return;
    }
    Task given = request.getTask();
    Instant now = Instant.now();
    String name =
        given.getName().isEmpty()
            ? request.getParent() + "/tasks/" + UUID.randomUUID()
            : given.getName();
    Instant due = given.hasScheduleTime() ? instant(given.getScheduleTime()) : now;
    if (!name.matches(request.getParent() + "/tasks/[A-Za-z0-9_-]{1,500}")
        || due.isAfter(now.plus(FURTHEST))
        || given.getSerializedSize() > 1024 * 1024) {
      answer.onError(Status.INVALID_ARGUMENT.withDescription("No such task").asRuntimeException());
      return;
    }
    Task made =
        given.toBuilder()
            .setName(name)
            .setCreateTime(timestamp(now))
            .setScheduleTime(timestamp(due))
            .build();
    if (!gone.add(name)) {
      answer.onError(
          Status.ALREADY_EXISTS
              .withDescription("Requested entity already exists")
              .asRuntimeException());
      return;
    }
    tasks.put(name, made);
    delivery.plan(name, due);
    if (losing.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      answer.onError(Status.UNAVAILABLE.withDescription("io exception").asRuntimeException());
      return;
    }
    answer.onNext(made);
    answer.onCompleted();
  }

  @Override
  public void getTask(GetTaskRequest request, StreamObserver<Task> answer) {
    Status queue = unknownQueue(queue(request.getName()));
    Task found = tasks.get(request.getName());
    if (!queue.isOk() || found == null) {
      answer.onError((queue.isOk() ? missing() : queue).asRuntimeException());
      return;
    }
    answer.onNext(found);
    answer.onCompleted();
  }

  private static Status missing() {
    return Status.NOT_FOUND.withDescription("Requested entity was not found.");
  }

  @Override
  public void deleteTask(DeleteTaskRequest request, StreamObserver<Empty> answer) {
    Status queue = unknownQueue(queue(request.getName()));
    if (!queue.isOk() || tasks.remove(request.getName()) == null) {
      answer.onError((queue.isOk() ? missing() : queue).asRuntimeException());
      return;
    }
    answer.onNext(Empty.getDefaultInstance());
    answer.onCompleted();
  }

  @Override
  public void listTasks(ListTasksRequest request, StreamObserver<ListTasksResponse> answer) {
    List<Task> page =
        tasks.values().stream()
            .filter(task -> task.getName().startsWith(request.getParent() + "/tasks/"))
            .filter(task -> task.getName().compareTo(request.getPageToken()) > 0)
            .limit(request.getPageSize() + 1L)
            .toList();
    boolean more = page.size() > request.getPageSize();
    List<Task> shown = more ? page.subList(0, request.getPageSize()) : page;
    answer.onNext(
        ListTasksResponse.newBuilder()
            .addAllTasks(shown)
            .setNextPageToken(more ? shown.getLast().getName() : "")
            .build());
    answer.onCompleted();
  }

  @Override
  public void getQueue(GetQueueRequest request, StreamObserver<Queue> answer) {
    Status queue = unknownQueue(request.getName());
    if (!queue.isOk()) {
      answer.onError(queue.asRuntimeException());
      return;
    }
    answer.onNext(Queue.newBuilder().setName(request.getName()).build());
    answer.onCompleted();
  }

  static Instant instant(Timestamp time) {
    return Instant.ofEpochSecond(time.getSeconds(), time.getNanos());
  }

  static Timestamp timestamp(Instant time) {
    return Timestamp.newBuilder()
        .setSeconds(time.getEpochSecond())
        .setNanos(time.getNano())
        .build();
  }
}
