package dev.serai.cli;

import dev.serai.TestHub;
import java.util.UUID;

/** A database of its own beside a hub's. */
final class EmptyDatabase {

  private EmptyDatabase() {}

  /** Makes it; returns its URL, with user and password. */
  static String beside(TestHub hub) {
    String name = "empty_" + UUID.randomUUID().toString().replace("-", "");
    hub.database().sql("create database " + name).update();
    return hub.setting("serai.database.url")
        .replaceFirst("^jdbc:", "")
        .replaceFirst(
            "//",
            "//%s:%s@"
                .formatted(
                    hub.setting("serai.database.user"), hub.setting("serai.database.password")))
        .replaceFirst("/[^/?]+(\\?|$)", "/" + name + "$1");
  }
}
