package dev.serai.backup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * A backup that is under way: part after part, and at its end the manifest. As text: how far it is.
 */
public final class BackupDraft implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String name;
  private final String hub;
  private final long partSize;
  private final Pace pace;
  private final Snapshot snapshot;
  private final Connection reader;
  private final List<TableInfo> waiting;
  private final List<Manifest.Table> written = new ArrayList<>();
  private final List<Manifest.Part> parts = new ArrayList<>();
  private final Instant time;
  private final String migration;
  private final List<Manifest.Sequence> sequences;
  private final long all;
  // A second attempt, while the first may go on, must not write what the first one names.
  private final String attempt =
      HexFormat.of().toHexDigits((short) ThreadLocalRandom.current().nextInt());
  private long done;
  private long rows;
  private @Nullable TableInfo table;
  private @Nullable TableRows reading;
  private @Nullable PartStream part;
  private String object = "";

  BackupDraft(String name, String hub, long partSize, Pace pace, Snapshot snapshot)
      throws SQLException {
    this.name = name;
    this.hub = hub;
    this.partSize = partSize;
    this.pace = pace;
    this.snapshot = snapshot;
    this.reader = snapshot.open();
    this.time = snapshot.time();
    this.migration = snapshot.migration();
    this.sequences = snapshot.sequences();
    this.waiting = new ArrayList<>(snapshot.tables());
    this.all = waiting.stream().mapToLong(TableInfo::bytes).sum();
  }

  /** The rows of the next part; null when all were written. */
  @Nullable InputStream next() throws SQLException, IOException {
    while (reading == null || !reading.hasNext()) {
      if (reading != null && table != null) {
        ended(table, reading);
      }
      if (waiting.isEmpty()) {
        return null;
      }
      snapshot.join(reader);
      table = waiting.removeFirst();
      reading = new TableRows(reader, table.name(), table.columns());
    }
    String number = "000" + (parts.size() + 1);
    object =
        "%s/%s.%s.copy.gz"
            .formatted(
                attempt,
                table == null ? "" : table.name(),
                number.substring(Math.min(3, number.length() - 3)));
    part = new PartStream(reading, partSize, pace);
    return part;
  }

  private void ended(TableInfo ended, TableRows read) throws SQLException {
    read.close();
    RowSum sum = read.sum();
    written.add(
        new Manifest.Table(
            ended.name(), ended.columns(), sum.rows(), sum.toString(), List.copyOf(parts)));
    parts.clear();
    rows += sum.rows();
    done += ended.bytes();
    reading = null;
    table = null;
  }

  /**
   * Notes that the part is in the bucket.
   *
   * @param receipt what the bucket says of it: size and crc32c
   */
  void stored(String receipt) throws IOException {
    PartStream stored = part;
    JsonNode told = JSON.readTree(receipt);
    if (stored == null || !stored.isRead() || told.path("size").asLong(-1) != stored.bytes()) {
      throw new IOException(
          "The bucket has %s bytes of '%s', and not all that were to be written (%s)"
              .formatted(
                  told.path("size").asText("no"), object, stored == null ? 0 : stored.bytes()));
    }
    parts.add(
        new Manifest.Part(object, stored.bytes(), stored.sha256(), told.path("crc32c").asText("")));
    part = null;
  }

  /** What it has; only when all was written, and was of one version. */
  Manifest manifest() throws SQLException {
    if (reading != null || !waiting.isEmpty()) {
      throw new IllegalStateException("Not all tables are written");
    }
    snapshot.checkMigration(migration);
    return new Manifest(
        Manifest.FORMAT,
        Manifest.VERSION,
        name,
        time.toString(),
        migration,
        snapshot.postgres(),
        hub,
        List.copyOf(written),
        sequences);
  }

  /** The name of the backup. */
  public String name() {
    return name;
  }

  /** Whether {@link #next} has given some. */
  public boolean more() {
    return part != null;
  }

  /** The name of the part, below the folder of the backup. */
  public String object() {
    return object;
  }

  /** The snapshot, which others can read too while this lasts. */
  String snapshot() {
    return snapshot.id();
  }

  /** About how far it is, by the sizes of the tables. */
  public long percent() {
    return all == 0 ? 0 : Math.min(99, 100 * done / all);
  }

  @Override
  public void close() throws SQLException {
    try (Snapshot kept = snapshot;
        Connection opened = reader) {
      // Before its connection: a COPY that is left half-way is cancelled by that.
      reading = null;
    }
  }

  @Override
  public String toString() {
    long now = rows + (reading == null ? 0 : reading.sum().rows());
    return table == null
        ? "%s rows of %s tables".formatted(now, written.size())
        : "%s: %s rows of %s tables so far".formatted(table.name(), now, written.size());
  }
}
