package dev.serai.api;

import dev.serai.event.RequestedBy;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/** Whoever shows a key with the request that is being answered. */
final class Caller {

  private static final int MAX_REASON = 500;

  private Caller() {}

  /**
   * The caller, with the reason they give.
   *
   * @throws Problem when the reason can't be kept
   */
  static RequestedBy because(@Nullable String reason) {
    if (reason != null && (reason.length() > MAX_REASON || reason.indexOf('\0') >= 0)) {
      throw Problem.badRequest(
          "Parameter 'reason' must be a text of at most %s characters".formatted(MAX_REASON));
    }
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    String name = authentication == null ? "" : authentication.getName();
    return new RequestedBy(
        name.isEmpty() ? "unknown" : name, reason == null || reason.isBlank() ? null : reason);
  }
}
