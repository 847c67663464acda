package dev.serai.webhook;

import java.util.List;
import java.util.Set;

/**
 * Supabase's Auth Hooks: some are told, some ask, and a sign-in waits for the answer.
 *
 * <p>Source: supabase/auth's internal/hooks/v0hooks/v0hooks.go.
 */
final class AuthHooks {

  /** Those that ask; both names of the hook that makes tokens are in use. */
  private static final Set<String> ASKING =
      Set.of(
          "before-user-created",
          "customize-access-token",
          "custom-access-token",
          "mfa-verification",
          "password-verification");

  /** Where the name of a hook is in its body. */
  private static final String NAME = "/metadata/name";

  private AuthHooks() {}

  /**
   * Acknowledged and left for later, a hook that asks would let everybody in.
   *
   * @throws IllegalArgumentException when a source would do so
   */
  static void check(SourceOptions options) {
    if (options.decides() || options.type == null || !options.type.contains(NAME)) {
      return;
    }
    List<String> types = SourceOptions.split(options.types);
    if (types.isEmpty()) {
      throw new IllegalArgumentException(
          "inbound: option 'types' must name the Auth Hooks that source '%s' takes"
                  .formatted(options.source)
              + " (send-sms, send-email, after-user-created), or 'decide' must be set");
    }
    types.stream()
        .filter(ASKING::contains)
        .findFirst()
        .ifPresent(
            hook -> {
              throw new IllegalArgumentException(
                  "inbound: option 'types' has '%s', a hook that a sign-in waits for: source '%s'"
                          .formatted(hook, options.source)
                      + " can't take it without the option 'decide'");
            });
  }
}
