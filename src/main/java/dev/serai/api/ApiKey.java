package dev.serai.api;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who calls: a key's name and role, but not the key.
 *
 * @param name as the audit log shows it; of a session, with its user
 * @param configuredName the key's own name
 * @param session the session, if its token was shown and not the key
 */
record ApiKey(String name, Role role, String configuredName, @Nullable String session)
    implements Principal {

  /** A key of the configuration. */
  ApiKey(String name, Role role) {
    this(name, role, name, null);
  }

  /** A key by the token of a session that was begun with it. */
  ApiKey inSession(String id, String user, Role least) {
    return new ApiKey(
        "%s/%s".formatted(configuredName, Redaction.text(user)), least, configuredName, id);
  }

  /** The key of the request that this thread serves. */
  static @Nullable ApiKey current() {
    Authentication authentication = SecurityContextHolder.getContext().getAuthentication();
    return authentication != null && authentication.getPrincipal() instanceof ApiKey key
        ? key
        : null;
  }

  @Override
  public String getName() {
    return name;
  }
}
