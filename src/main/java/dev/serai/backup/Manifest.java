package dev.serai.backup;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * What a backup of the database has. It is written last: what has no manifest is no backup.
 *
 * @param format what the file is
 * @param version of the format
 * @param name of the backup: the slot of its run, such as 2026-11-21T01-30-00Z
 * @param takenAt the moment that the backup shows, by the database's clock
 * @param migration the version of the tables, which a hub must know to restore it
 * @param postgres the version of PostgreSQL that it was read from
 * @param hub the version of the hub that wrote it
 * @param tables in an order in which they can be filled
 * @param sequences how far they were, or a little further
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Manifest(
    String format,
    int version,
    String name,
    String takenAt,
    String migration,
    String postgres,
    String hub,
    List<Table> tables,
    List<Sequence> sequences) {

  static final String FORMAT = "serai-database-backup";
  static final int VERSION = 1;

  /** What the object is called, below the folder of the backup. */
  public static final String OBJECT = "manifest.json";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /**
   * A table, or a partition of one.
   *
   * @param name with its schema
   * @param columns in the order of the rows' values
   * @param rows how many
   * @param sum of the hashes of its rows, in any order
   * @param parts its rows, as objects; none if it is empty
   */
  public record Table(String name, List<String> columns, long rows, String sum, List<Part> parts) {}

  /**
   * Rows of a table, as COPY writes them in text, compressed by gzip.
   *
   * @param object its name, below the folder of the backup
   * @param bytes its size
   * @param sha256 of its bytes
   * @param crc32c of its bytes, as the bucket says it
   */
  public record Part(String object, long bytes, String sha256, String crc32c) {}

  /**
   * A sequence.
   *
   * @param name with its schema
   * @param last its last value
   * @param called whether that was given out
   */
  public record Sequence(String name, long last, boolean called) {}

  /**
   * Reads one.
   *
   * @throws UnusableBackupException when it is none, or of a newer form
   */
  public static Manifest read(InputStream in) throws IOException {
    Manifest manifest;
    try {
      manifest = JSON.readValue(in.readAllBytes(), Manifest.class);
    } catch (JsonProcessingException e) {
      throw new UnusableBackupException("The manifest is damaged: " + e.getOriginalMessage(), e);
    }
    if (!FORMAT.equals(manifest.format())) {
      throw new UnusableBackupException("The manifest is not that of a backup of the database");
    }
    if (manifest.version() != VERSION) {
      throw new UnusableBackupException(
          "The backup has form %s; this hub reads %s".formatted(manifest.version(), VERSION));
    }
    Objects.requireNonNull(manifest.tables(), "tables");
    Objects.requireNonNull(manifest.sequences(), "sequences");
    return manifest;
  }

  /** As bytes. */
  byte[] bytes() throws IOException {
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this);
  }

  /** Rows of all tables. */
  @JsonIgnore
  public long rows() {
    return tables.stream().mapToLong(Table::rows).sum();
  }

  /** Bytes of all parts. */
  @JsonIgnore
  public long size() {
    return parts().stream().mapToLong(Part::bytes).sum();
  }

  /** All parts, in an order in which they can be restored. */
  @JsonIgnore
  public List<Part> parts() {
    return tables.stream().flatMap(table -> table.parts().stream()).toList();
  }

  /** The moment that it shows. */
  @JsonIgnore
  public Instant time() {
    return Instant.parse(takenAt);
  }

  @Override
  public String toString() {
    return "%s of %s: %s rows of %s tables, %s bytes"
        .formatted(name, takenAt, rows(), tables.size(), size());
  }
}
