package dev.serai.queue;

/** A worker speaks of a job that it does not hold any more: its lease ended, or the job did. */
public final class LostJobException extends RuntimeException {

  LostJobException(String problem) {
    super(problem);
  }
}
