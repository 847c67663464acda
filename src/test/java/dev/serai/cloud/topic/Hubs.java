package dev.serai.cloud.topic;

import dev.serai.TestHub;
import dev.serai.cloud.google.GoogleHub;
import java.util.LinkedHashMap;
import java.util.Map;

/** Two hubs with topics on Pub/Sub, each with a log of its own, that do not wait long. */
final class Hubs {

  private Hubs() {}

  private static final class North {
    private static final TestHub HUB = start("north");
  }

  private static final class South {
    private static final TestHub HUB = start("south");
  }

  static TestHub north() {
    return North.HUB;
  }

  static TestHub south() {
    return South.HUB;
  }

  /** The service is there before they are. */
  static Map<String, String> settings() {
    PubsubFake.shared();
    Map<String, String> all = new LinkedHashMap<>(GoogleHub.settings());
    all.put("serai.google.timeout", "2s");
    return all;
  }

  private static TestHub start(String name) {
    PubsubFake.shared().topic("payments");
    Map<String, String> all = settings();
    all.put("serai.bridge.name", name);
    return TestHub.start(all);
  }
}
