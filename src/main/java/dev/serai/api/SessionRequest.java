package dev.serai.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.redis.Session;
import dev.serai.redis.Sessions;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A session to begin.
 *
 * @param user whose it is; required
 * @param workspace in which, if in one
 * @param metadata what to keep with it, an object
 * @param role what its token opens of the API: viewer, operator or admin, no more than the caller's
 *     own; nothing, if missing
 */
record SessionRequest(
    @Nullable String user,
    @Nullable String workspace,
    @Nullable JsonNode metadata,
    @Nullable String role)
    implements Audited {

  Session.Created create(Sessions sessions) {
    if (user == null) {
      throw Problem.badRequest("'user' is missing; it must say whose session it is");
    }
    ApiKey key = ApiKey.current();
    if (role != null) {
      Role asked =
          Role.of(role)
              .orElseThrow(
                  () ->
                      Problem.badRequest(
                          "'role' is '%s'; it must be viewer, operator or admin".formatted(role)));
      asked.require("A session with the role " + role);
    }
    return sessions.create(
        user, workspace, metadata, key == null ? null : key.configuredName(), role);
  }

  @Override
  public Map<String, ?> auditParameters() {
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    shown.put("user", user);
    shown.put("workspace", workspace);
    shown.put("role", role);
    return shown;
  }
}
