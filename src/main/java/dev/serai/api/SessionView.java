package dev.serai.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.redis.Session;
import dev.serai.redis.SessionData;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session.
 *
 * @param id names it; it opens nothing
 * @param user whose it is
 * @param workspace in which, if in one
 * @param agent the agent that the user talks to now
 * @param messages what was said, the oldest first
 * @param context what agents remember
 * @param metadata what its creator gave
 * @param role what its token opens of the API; nothing, if missing
 * @param version 1, and one more with each change
 * @param createdAt when it began
 * @param lastActiveAt when it was last used
 * @param expiresAt when it ends unless it is used
 * @param endsAt when it ends at the latest
 */
record SessionView(
    String id,
    String user,
    @Nullable String workspace,
    @Nullable String agent,
    List<JsonNode> messages,
    JsonNode context,
    JsonNode metadata,
    @Nullable String role,
    long version,
    Instant createdAt,
    Instant lastActiveAt,
    Instant expiresAt,
    Instant endsAt) {

  static SessionView of(Session session) {
    SessionData data = session.data();
    return new SessionView(
        session.id(),
        data.user(),
        data.workspace(),
        data.agent(),
        data.messages(),
        data.context(),
        data.metadata(),
        data.role(),
        session.version(),
        Instant.ofEpochMilli(data.created()),
        session.lastActive(),
        session.expires(),
        session.ends());
  }
}
