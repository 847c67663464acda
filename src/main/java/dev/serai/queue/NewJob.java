package dev.serai.queue;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A job to put into a queue.
 *
 * @param data its data, JSON in UTF-8
 * @param priority 0 to 9; a higher one is handed out first
 * @param dueAt not handed out before; null for at once
 * @param key a second job of the queue with this key is not taken; null for any number
 * @param workspace the tenant it belongs to
 * @param subject what it is about
 */
public record NewJob(
    byte[] data,
    int priority,
    @Nullable Instant dueAt,
    @Nullable String key,
    @Nullable String workspace,
    @Nullable String subject) {

  /** The most urgent. */
  public static final int MAX_PRIORITY = 9;

  /**
   * @throws InvalidJobException naming the field
   */
  public NewJob {
    if (priority < 0 || priority > MAX_PRIORITY) {
      throw new InvalidJobException(
          "priority", "is %s; it must be 0 to %s".formatted(priority, MAX_PRIORITY));
    }
  }
}
