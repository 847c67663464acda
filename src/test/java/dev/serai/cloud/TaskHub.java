package dev.serai.cloud;

import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleTasks;
import dev.serai.cloud.google.GoogleTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A hub whose tasks are in Google's queues. */
final class TaskHub {

  static final String AUDIENCE = "https://hub.example/tasks";

  private TaskHub() {}

  private static final class Shared {
    private static final TestHub HUB = TestHub.start(settings());
  }

  /** Its examples take what the tests' account posts, for these audiences. */
  static Map<String, String> settings() {
    Map<String, String> all = new LinkedHashMap<>(GoogleTasks.settings());
    all.put("serai.tasks.audience", AUDIENCE);
    all.put("google-tasks.audience", AUDIENCE);
    all.put("google-pubsub.audience", AUDIENCE);
    all.put("SERAI_GOOGLE_TASKS_SECRETS", GoogleTokens.ACCOUNT);
    all.put("SERAI_GOOGLE_PUBSUB_SECRETS", GoogleTokens.ACCOUNT);
    return all;
  }

  /** An example of the documentation. */
  static String example(String name) throws IOException {
    return Files.readString(Path.of("docs", "examples", name + ".camel.yaml"));
  }

  static TestHub shared() {
    return Shared.HUB;
  }
}
