package dev.serai.cloud.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.cloud.storage.BlobInfo;
import com.google.cloud.storage.Storage.BlobField;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An object in Cloud Storage's words and in ours. */
final class GoogleObject {

  /** In the metadata of an object that was not to overwrite another: which upload has made it. */
  static final String MARK = "serai-upload";

  /** What is asked for of an object. */
  static final BlobField[] FIELDS = {
    BlobField.BUCKET,
    BlobField.NAME,
    BlobField.SIZE,
    BlobField.CRC32C,
    BlobField.GENERATION,
    BlobField.CONTENT_TYPE,
    BlobField.CONTENT_ENCODING,
    BlobField.CACHE_CONTROL,
    BlobField.METADATA,
    BlobField.TIME_CREATED
  };

  private static final ObjectMapper JSON = new ObjectMapper();

  private GoogleObject() {}

  static StoredObject of(String bucket, BlobInfo blob) {
    Map<String, String> metadata = new TreeMap<>();
    if (blob.getMetadata() != null) {
      blob.getMetadata().forEach((name, value) -> put(metadata, name, value));
    }
    return new StoredObject(
        bucket,
        blob.getName(),
        blob.getSize(),
        blob.getCrc32c(),
        blob.getGeneration(),
        type(blob.getContentType()),
        blob.getContentEncoding(),
        blob.getCacheControl(),
        metadata,
        blob.getCreateTimeOffsetDateTime().toInstant().toString());
  }

  /** As the answer to an upload's last bytes has it. */
  static StoredObject of(String bucket, JsonNode answer) {
    Map<String, String> metadata = new TreeMap<>();
    answer
        .path("metadata")
        .properties()
        .forEach(item -> put(metadata, item.getKey(), item.getValue().asText()));
    return new StoredObject(
        bucket,
        answer.path("name").asText(),
        answer.path("size").asLong(),
        answer.path("crc32c").asText(),
        answer.path("generation").asLong(),
        type(answer.path("contentType").asText(null)),
        answer.path("contentEncoding").asText(null),
        answer.path("cacheControl").asText(null),
        metadata,
        Instant.parse(answer.path("timeCreated").asText()).toString());
  }

  private static void put(Map<String, String> metadata, String name, @Nullable String value) {
    if (value != null && !name.equals(MARK)) {
      metadata.put(name, value);
    }
  }

  private static String type(@Nullable String said) {
    return said == null ? "application/octet-stream" : said;
  }

  /** The metadata of an object that is to be. */
  static Map<String, String> metadata(Upload upload, String mark) {
    Map<String, String> metadata = new TreeMap<>(upload.metadata());
    if (!upload.overwrite()) {
      metadata.put(MARK, mark);
    }
    return metadata;
  }

  /** What is said of an object when its upload begins. */
  static byte[] described(Upload upload, String mark) {
    ObjectNode said = JSON.createObjectNode();
    said.put("name", upload.name());
    said.put("contentType", upload.contentType());
    if (upload.contentEncoding() != null) {
      said.put("contentEncoding", upload.contentEncoding());
    }
    if (upload.cacheControl() != null) {
      said.put("cacheControl", upload.cacheControl());
    }
    ObjectNode metadata = said.putObject("metadata");
    metadata(upload, mark).forEach(metadata::put);
    return said.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}
