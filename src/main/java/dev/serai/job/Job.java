package dev.serai.job;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code serai.job}.
 *
 * @param subscriptionId of the route that handles its runs
 * @param nextAt the next slot; null when there is none
 */
record Job(
    int id,
    String name,
    int subscriptionId,
    Definition definition,
    Overlap overlap,
    @Nullable Instant nextAt) {

  /** The type of its slots' events. */
  static String type(String name) {
    return "job." + name;
  }

  String type() {
    return type(name);
  }
}
