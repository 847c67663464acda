package dev.serai.cloud;

import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleTasks;

/** A hub whose tasks are in Google's queues. */
final class TaskHub {

  private TaskHub() {}

  private static final class Shared {
    private static final TestHub HUB = TestHub.start(GoogleTasks.settings());
  }

  static TestHub shared() {
    return Shared.HUB;
  }
}
