package dev.serai.event;

import org.jspecify.annotations.Nullable;

/**
 * Who asked for something to be done again, and why.
 *
 * @param who the name of the key of the API
 * @param reason what they said, if anything
 */
public record RequestedBy(String who, @Nullable String reason) {

  /** How it is written in tables: {@code Discarded by alice: never needed}. */
  public String sentence(String what) {
    return reason == null || reason.isBlank()
        ? "%s by %s".formatted(what, who)
        : "%s by %s: %s".formatted(what, who, reason);
  }
}
