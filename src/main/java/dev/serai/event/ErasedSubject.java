package dev.serai.event;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A subject that was forgotten. Nothing here says which: it is known by a salted hash.
 *
 * @param at what was received before is forgotten
 * @param salt what is hashed before the subject
 * @param hash hex of the SHA-256 of both, in UTF-8
 * @param workspace only in this one; in all, if null
 * @param source only of this one; of all, if null
 */
public record ErasedSubject(
    UUID id,
    Instant at,
    String salt,
    String hash,
    @Nullable String workspace,
    @Nullable String source) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @throws IllegalArgumentException naming what can't be
   */
  public ErasedSubject {
    if (!salt.matches("[0-9a-f]{16,64}")) {
      throw new IllegalArgumentException("salt is not 16 to 64 hex digits");
    }
    if (!hash.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("hash is not a SHA-256 in 64 hex digits");
    }
  }

  /** That of a run's parameters. */
  public static ErasedSubject of(UUID id, String at, Map<String, ?> parameters) {
    return new ErasedSubject(
        id,
        Instant.parse(at),
        String.valueOf(parameters.get("salt")),
        String.valueOf(parameters.get("hash")),
        text(parameters.get("workspace")),
        text(parameters.get("source")));
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : value.toString();
  }

  /** That of its object in the archive. */
  public static ErasedSubject of(JsonNode json) {
    return new ErasedSubject(
        UUID.fromString(json.path("id").asText()),
        Instant.parse(json.path("at").asText()),
        json.path("salt").asText(),
        json.path("hash").asText(),
        json.hasNonNull("workspace") ? json.path("workspace").asText() : null,
        json.hasNonNull("source") ? json.path("source").asText() : null);
  }

  /** Its object in the archive. */
  public String json() {
    ObjectNode json = JSON.createObjectNode();
    json.put("id", id.toString()).put("at", at.toString()).put("salt", salt).put("hash", hash);
    if (workspace != null) {
      json.put("workspace", workspace);
    }
    if (source != null) {
      json.put("source", source);
    }
    try {
      return JSON.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts can't be written as JSON", e);
    }
  }

  /** Whether an event is the subject's. */
  public boolean has(LoggedEvent event) {
    return event.subject() != null
        && event.receivedAt().isBefore(at)
        && (workspace == null || workspace.equals(event.workspace()))
        && (source == null || source.equals(event.source()))
        && hash.equals(hash(salt, event.subject()));
  }

  /** What a subject is known by. */
  static String hash(String salt, String subject) {
    return HexFormat.of().formatHex(Sha256.of((salt + subject).getBytes(StandardCharsets.UTF_8)));
  }
}
