package dev.serai.queue;

/** Where a job is. */
public enum JobStatus {
  /** It waits, for its time or for a worker. */
  PENDING,
  /** A worker has it. */
  PROCESSING,
  /** A worker has said that it is done. */
  COMPLETED,
  /** Its attempts are used up, or a worker has said that no other would help: a dead letter. */
  FAILED,
  /** It was taken out of the queue. */
  CANCELLED;

  /** The status of a delivery in this state. */
  static JobStatus of(String state) {
    return switch (state) {
      case "ready" -> PENDING;
      case "running" -> PROCESSING;
      case "done" -> COMPLETED;
      case "dead" -> FAILED;
      default -> CANCELLED;
    };
  }
}
