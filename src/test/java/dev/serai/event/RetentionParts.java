package dev.serai.event;

import java.time.Instant;

/** All that a run of retention does, without the run. */
final class RetentionParts {

  private RetentionParts() {}

  /** As of now; what it tells of it. */
  static String forget(Retention retention) throws InterruptedException {
    RetentionRun run = retention.begin(Instant.now().toString());
    for (RetentionRun.Part part : run.parts()) {
      run.add(retention.forget(part));
    }
    return run.toString();
  }
}
