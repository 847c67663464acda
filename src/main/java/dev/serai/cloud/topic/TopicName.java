package dev.serai.cloud.topic;

import java.util.regex.Pattern;

/** Names of topics and subscriptions, by the rules of Pub/Sub. */
final class TopicName {

  private static final Pattern VALID = Pattern.compile("[A-Za-z][A-Za-z0-9._~+%-]{2,254}");

  /** Types of events, which local topics are, are made of segments that are not empty. */
  private static final Pattern SEGMENTS = Pattern.compile("[^.]+(\\.[^.]+)*");

  private TopicName() {}

  /**
   * @param where the Kamelet and its parameter, for errors
   * @throws IllegalArgumentException naming both and the rule
   */
  static String require(String where, String name) {
    boolean valid =
        VALID.matcher(name).matches()
            && SEGMENTS.matcher(name).matches()
            && !name.startsWith("goog");
    if (!valid) {
      throw new IllegalArgumentException(
          String.join(
              " ",
              "%s is '%s'; it must be 3 to 255 letters, digits and characters of -._~+%%,"
                  .formatted(where, name),
              "begin with a letter but not with 'goog', and have something around each dot"));
    }
    return name;
  }
}
