package dev.serai.api;

import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;

/**
 * Who calls: a key's name and role, but not the key.
 *
 * @param name as the audit log shows it
 */
record ApiKey(String name, Role role) implements Principal {

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
