package dev.serai.queue;

import java.util.regex.Pattern;

/**
 * How a queue is called in the log: its subscription, as a route that takes its jobs would be named
 * too, and the type of its events.
 */
final class QueueName {

  static final String RULE =
      "a queue is named by 1 to 64 lower-case letters, digits, _ and -, the first no _ or -";

  private static final Pattern VALID = Pattern.compile("[a-z0-9][a-z0-9_-]{0,63}");

  private QueueName() {}

  static boolean isValid(String name) {
    return VALID.matcher(name).matches();
  }

  /**
   * @throws InvalidJobException when no queue can have this name
   */
  static void check(String name) {
    if (!isValid(name)) {
      throw new InvalidJobException("name", "is '%s'; %s".formatted(name, RULE));
    }
  }

  static String subscription(String name) {
    return "queue-" + name;
  }

  static String type(String name) {
    return "queue.%s.enqueued".formatted(name);
  }
}
