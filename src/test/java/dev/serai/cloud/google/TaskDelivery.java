package dev.serai.cloud.google;

import com.google.cloud.tasks.v2.Task;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Posts tasks as Cloud Tasks does. */
final class TaskDelivery {

  private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
  private static final Executor THREADS = Executors.newVirtualThreadPerTaskExecutor();

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final TasksFake tasks;
  private final GoogleTokens tokens;

  TaskDelivery(TasksFake tasks, GoogleTokens tokens) {
    this.tasks = tasks;
    this.tokens = tokens;
  }

  void plan(String name, Instant due) {
    long wait = Math.max(0, Duration.between(Instant.now(), due).toMillis() + 1);
    CompletableFuture.delayedExecutor(wait, TimeUnit.MILLISECONDS, THREADS)
        .execute(() -> send(name));
  }

  private void send(String name) {
    Task task =
        tasks
            .tasks()
            .computeIfPresent(
                name,
                (same, at) -> at.toBuilder().setDispatchCount(at.getDispatchCount() + 1).build());
    if (task == null) {
      return;
    }
    boolean done = false;
    boolean answered = false;
    try {
      HttpResponse<Void> answer =
          client.send(request(task), HttpResponse.BodyHandlers.discarding());
      answered = true;
      done = answer.statusCode() / 100 == 2;
    } catch (java.io.IOException e) {
      // It is sent again.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (done) {
      tasks.tasks().remove(name);
      return;
    }
    int more = answered ? 1 : 0;
    Task waiting =
        tasks
            .tasks()
            .computeIfPresent(
                name,
                (same, at) ->
                    at.toBuilder().setResponseCount(at.getResponseCount() + more).build());
    if (waiting != null) {
      plan(name, Instant.now().plus(FIRST_BACKOFF.multipliedBy(waiting.getDispatchCount())));
    }
  }

  private HttpRequest request(Task task) {
    var http = task.getHttpRequest();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(http.getUrl()))
            .timeout(Duration.ofSeconds(20))
            .method(
                http.getHttpMethod().name(),
                http.getBody().isEmpty()
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(http.getBody().toByteArray()));
    http.getHeadersMap().forEach(request::header);
    String[] name = task.getName().split("/", -1);
    Instant eta = TasksFake.instant(task.getScheduleTime());
    request
        .header("User-Agent", "Google-Cloud-Tasks")
        .header("X-CloudTasks-QueueName", name[5])
        .header("X-CloudTasks-TaskName", name[7])
        .header("X-CloudTasks-TaskRetryCount", Integer.toString(task.getDispatchCount() - 1))
        .header("X-CloudTasks-TaskExecutionCount", Integer.toString(task.getResponseCount()))
        .header(
            "X-CloudTasks-TaskETA",
            BigDecimal.valueOf(eta.getEpochSecond())
                .add(BigDecimal.valueOf(eta.getNano() / 1000, 6))
                .toPlainString());
    if (http.hasOidcToken()) {
      request.setHeader(
          "Authorization",
          "Bearer " + tokens.token(http.getOidcToken().getAudience(), Instant.now()));
    }
    return request.build();
  }
}
