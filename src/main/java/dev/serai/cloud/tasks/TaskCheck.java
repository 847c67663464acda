package dev.serai.cloud.tasks;

import dev.serai.cloud.google.Integration;
import java.util.Map;
import java.util.TreeMap;

/** Whether the queues that routes make tasks in can be used; if none does, the queue default. */
final class TaskCheck implements Integration {

  private static final String DEFAULT = "default";

  private final GoogleCloudTasksComponent component;

  TaskCheck(GoogleCloudTasksComponent component) {
    this.component = component;
  }

  @Override
  public String name() {
    return "tasks";
  }

  @Override
  public void check() throws InterruptedException {
    Map<String, GoogleCloudTasksOptions> queues = new TreeMap<>();
    for (GoogleCloudTasksOptions options : component.used()) {
      queues.put(
          String.join(" ", options.queue, options.project, options.location, options.endpoint),
          options);
    }
    if (queues.isEmpty()) {
      component.queue(DEFAULT, new GoogleCloudTasksOptions()).check();
    }
    for (GoogleCloudTasksOptions options : queues.values()) {
      component.queue(options.queue, options).check();
    }
  }
}
