package dev.serai.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.serai.redis.SessionData;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A change of a session; what is missing stays as it is.
 *
 * @param version the version that it must have; then a change of others in between is refused with
 *     409
 * @param agent the agent that the user talks to from now on
 * @param append messages to add behind those that it has
 * @param messages all messages, in place of those that it has; needs the version
 * @param context members to set; one with null is taken away
 * @param metadata members to set; one with null is taken away
 */
record SessionPatch(
    @Nullable Long version,
    @Nullable String agent,
    @Nullable List<JsonNode> append,
    @Nullable List<JsonNode> messages,
    @Nullable JsonNode context,
    @Nullable JsonNode metadata) {

  void check() {
    if (messages != null && version == null) {
      throw Problem.badRequest(
          "'version' is missing; it must be the one that 'messages' are made of, or use 'append'");
    }
    if (messages != null && append != null) {
      throw Problem.badRequest("'append' and 'messages' are both given; give one of them");
    }
    object("context", context);
    object("metadata", metadata);
  }

  private static void object(String field, @Nullable JsonNode value) {
    if (value != null && !value.isNull() && !value.isObject()) {
      throw Problem.badRequest("'%s' is not an object; it must be one".formatted(field));
    }
  }

  SessionData apply(SessionData before) {
    SessionData data = before;
    if (agent != null) {
      data = data.withAgent(agent);
    }
    if (messages != null) {
      data = data.withMessages(messages);
    }
    if (append != null) {
      data = data.append(append);
    }
    if (context != null && context.isObject()) {
      data = data.withContext(merged(data.context(), context));
    }
    if (metadata != null && metadata.isObject()) {
      data = data.withMetadata(merged(data.metadata(), metadata));
    }
    return data;
  }

  /** As RFC 7396 has it: objects member by member, all else as a whole. */
  private static JsonNode merged(JsonNode before, JsonNode change) {
    ObjectNode result =
        before instanceof ObjectNode object
            ? object.deepCopy()
            : JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, JsonNode> member : change.properties()) {
      JsonNode value = member.getValue();
      if (value.isNull()) {
        result.remove(member.getKey());
      } else if (value.isObject()) {
        result.set(member.getKey(), merged(result.path(member.getKey()), value));
      } else {
        result.set(member.getKey(), value);
      }
    }
    return result;
  }
}
