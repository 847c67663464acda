package dev.serai.archive;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.event.LoggedEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An event as a line of JSON. Its last member is the SHA-256 of all bytes of the line before it, so
 * that each line vouches for itself, whatever became of its neighbours.
 */
final class ArchiveLine {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] SEAL = ",\"sha256\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final int HEX_DIGITS = 64;
  private static final int END = SEAL.length + HEX_DIGITS + 2;

  private ArchiveLine() {}

  /** The line of an event, without its end. */
  static byte[] of(LoggedEvent event) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(event.body().length + 512);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("id", event.id().toString());
      json.writeStringField("source", event.source());
      json.writeStringField("type", event.type());
      json.writeStringField("key", event.key());
      text(json, "subject", event.subject());
      text(json, "workspace", event.workspace());
      json.writeStringField("time", event.time().toString());
      json.writeStringField("received_at", event.receivedAt().toString());
      json.writeStringField("content_type", event.contentType());
      text(json, "verified_by", event.verifiedBy());
      text(json, "causation_id", event.causationId());
      if (event.hops() > 0) {
        json.writeNumberField("hops", event.hops());
      }
      text(json, "signature", event.signature());
      if (event.conflict()) {
        json.writeBooleanField("conflict", true);
      }
      text(json, "erased_at", event.erasedAt());
      if (event.erasedAt() == null) {
        body(json, event.body());
      }
      json.writeEndObject();
    }
    byte[] whole = out.toByteArray();
    int length = whole.length - 1; // without the last brace
    out.reset();
    out.write(whole, 0, length);
    out.writeBytes(SEAL);
    out.writeBytes(hash(whole, length).getBytes(StandardCharsets.US_ASCII));
    out.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
    return out.toByteArray();
  }

  private static void text(JsonGenerator json, String name, @Nullable Object value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value.toString());
    }
  }

  /** Text stays readable, and packs better; what is none is written in base64. */
  private static void body(JsonGenerator json, byte[] body) throws IOException {
    String text = new String(body, StandardCharsets.UTF_8);
    if (Arrays.equals(text.getBytes(StandardCharsets.UTF_8), body)) {
      json.writeStringField("body", text);
    } else {
      json.writeStringField("body_b64", Base64.getEncoder().encodeToString(body));
    }
  }

  /**
   * The event of a line.
   *
   * @throws DamagedArchiveException when it is not what was written
   */
  static LoggedEvent event(byte[] line) throws DamagedArchiveException {
    int length = line.length - END;
    if (length < 1 || !Arrays.equals(line, length, length + SEAL.length, SEAL, 0, SEAL.length)) {
      throw new DamagedArchiveException("has no checksum");
    }
    String told = new String(line, length + SEAL.length, HEX_DIGITS, StandardCharsets.US_ASCII);
    if (!told.equals(hash(line, length))) {
      throw new DamagedArchiveException("is not what its checksum is of");
    }
    try {
      return event(JSON.readTree(line));
    } catch (IOException | DateTimeException | IllegalArgumentException e) {
      throw new DamagedArchiveException("can't be read: " + e.getClass().getSimpleName());
    }
  }

  private static LoggedEvent event(JsonNode line) {
    String erasedAt = optional(line, "erased_at");
    String causation = optional(line, "causation_id");
    String encoded = optional(line, "body_b64");
    return new LoggedEvent(
        UUID.fromString(required(line, "id")),
        required(line, "source"),
        required(line, "type"),
        required(line, "key"),
        optional(line, "subject"),
        optional(line, "workspace"),
        Instant.parse(required(line, "time")),
        Instant.parse(required(line, "received_at")),
        required(line, "content_type"),
        optional(line, "verified_by"),
        causation == null ? null : UUID.fromString(causation),
        line.path("hops").asInt(),
        optional(line, "signature"),
        line.path("conflict").asBoolean(),
        erasedAt == null ? null : Instant.parse(erasedAt),
        encoded == null
            ? line.path("body").asText().getBytes(StandardCharsets.UTF_8)
            : Base64.getDecoder().decode(encoded));
  }

  private static String required(JsonNode line, String name) {
    String value = optional(line, name);
    if (value == null) {
      throw new IllegalArgumentException(name);
    }
    return value;
  }

  private static @Nullable String optional(JsonNode line, String name) {
    return line.hasNonNull(name) ? line.path(name).asText() : null;
  }

  private static String hash(byte[] bytes, int length) {
    MessageDigest digest = sha256();
    digest.update(bytes, 0, length);
    return HexFormat.of().formatHex(digest.digest());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
