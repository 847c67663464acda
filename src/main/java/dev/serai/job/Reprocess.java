package dev.serai.job;

/** Which slots of a range are filled in. */
public enum Reprocess implements Word {
  /** Those without a run. */
  NONE,
  /** Those without a run that is done or open. */
  FAILED,
  /** All of them. */
  ALL;

  /**
   * @throws IllegalArgumentException when there is no such word
   */
  public static Reprocess of(String word) {
    return Word.find(values(), word)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'reprocess' is '%s'; it must be none, failed or all".formatted(word)));
  }

  boolean keeps(boolean done) {
    return switch (this) {
      case NONE -> true;
      case FAILED -> done;
      case ALL -> false;
    };
  }
}
