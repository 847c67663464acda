package dev.serai.cloud.tasks;

import dev.serai.cloud.google.Integration;
import java.util.Collection;
import java.util.List;
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
    Map<List<String>, GoogleCloudTasksOptions> queues =
        new TreeMap<>((one, other) -> one.toString().compareTo(other.toString()));
    Collection<GoogleCloudTasksOptions> used = component.used();
    for (GoogleCloudTasksOptions options : used) {
      queues.put(
          List.of(options.project, options.location, options.queue, options.endpoint), options);
    }
    if (queues.isEmpty()) {
      component.queue(DEFAULT, new GoogleCloudTasksOptions(), null).check();
    }
    for (GoogleCloudTasksOptions options : queues.values()) {
      component.queue(options.queue, options, options.client).check();
    }
  }
}
