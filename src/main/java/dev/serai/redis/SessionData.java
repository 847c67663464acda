package dev.serai.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a session has.
 *
 * @param user whose it is
 * @param workspace in which, if in one
 * @param agent the agent that the user talks to now
 * @param messages what was said, the oldest first
 * @param context what agents remember, an object
 * @param metadata what its creator gave, an object
 * @param created when, in milliseconds since the epoch
 * @param key name of the API key that created it
 * @param role what its token opens of the API; nothing, if missing
 */
public record SessionData(
    String user,
    @Nullable String workspace,
    @Nullable String agent,
    List<JsonNode> messages,
    JsonNode context,
    JsonNode metadata,
    long created,
    @Nullable String key,
    @Nullable String role) {

  public SessionData {
    messages = List.copyOf(messages);
  }

  static SessionData of(
      String user,
      @Nullable String workspace,
      @Nullable JsonNode metadata,
      long created,
      @Nullable String key,
      @Nullable String role) {
    ObjectNode nothing = JsonNodeFactory.instance.objectNode();
    return new SessionData(
        user,
        workspace,
        null,
        List.of(),
        nothing,
        metadata == null ? nothing : metadata,
        created,
        key,
        role);
  }

  public SessionData withAgent(@Nullable String other) {
    return new SessionData(user, workspace, other, messages, context, metadata, created, key, role);
  }

  public SessionData withMessages(List<JsonNode> others) {
    return new SessionData(user, workspace, agent, others, context, metadata, created, key, role);
  }

  /** With these behind those that it has. */
  public SessionData append(List<JsonNode> more) {
    List<JsonNode> all = new ArrayList<>(messages);
    all.addAll(more);
    return withMessages(all);
  }

  public SessionData withContext(JsonNode other) {
    return new SessionData(user, workspace, agent, messages, other, metadata, created, key, role);
  }

  public SessionData withMetadata(JsonNode other) {
    return new SessionData(user, workspace, agent, messages, context, other, created, key, role);
  }
}
