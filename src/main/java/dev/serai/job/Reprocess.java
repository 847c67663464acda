package dev.serai.job;

/** Which slots of a range are filled in. */
public enum Reprocess {
  /** Those without a run. */
  NONE,
  /** Those without a run that is done or open. */
  FAILED,
  /** All of them. */
  ALL;

  boolean keeps(boolean done) {
    return switch (this) {
      case NONE -> true;
      case FAILED -> done;
      case ALL -> false;
    };
  }
}
