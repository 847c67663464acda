package dev.serai.cloud.storage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of an object beside its bytes, as it stands in the file beside them and as routes
 * get it.
 *
 * @param bucket as routes call it
 * @param name the object's name
 * @param size in bytes
 * @param crc32c the base64 of the four bytes of its CRC32C, the highest first
 * @param generation a number that grows each time the object is stored
 * @param contentType its media type
 * @param contentEncoding how its bytes are packed, such as gzip; null for not at all
 * @param cacheControl how long who fetches it may keep it; null if nothing is said
 * @param metadata what its author says of it
 * @param created when it was stored: RFC 3339, in UTC
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record StoredObject(
    String bucket,
    String name,
    long size,
    String crc32c,
    long generation,
    @JsonProperty("content_type") String contentType,
    @JsonProperty("content_encoding") @Nullable String contentEncoding,
    @JsonProperty("cache_control") @Nullable String cacheControl,
    Map<String, String> metadata,
    String created) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectMapper PRETTY =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** As one line of JSON. */
  public String json() {
    return written(JSON);
  }

  /** As a file that people look at. */
  String file() {
    return written(PRETTY);
  }

  private String written(ObjectMapper json) {
    try {
      return json.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static StoredObject parse(byte[] file) throws java.io.IOException {
    return JSON.readValue(file, StoredObject.class);
  }
}
