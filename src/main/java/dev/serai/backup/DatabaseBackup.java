package dev.serai.backup;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * Reads all tables of the hub as they are at one moment, for the route of the job {@code
 * database-backup}, which puts them into the bucket.
 */
public final class DatabaseBackup {

  private final DataSource database;
  private final long partSize;
  private final double pause;
  private final String hub;

  DatabaseBackup(DataSource database, long partSize, double pause, String hub) {
    this.pause = pause;
    this.database = database;
    this.partSize = partSize;
    this.hub = hub;
  }

  /** What a backup is called: its slot, such as 2026-11-21T01-30-00Z. */
  public static String name(String slot) {
    return Instant.parse(slot).toString().replace(":", "-");
  }

  /**
   * Begins one of this moment; it ends with the exchange.
   *
   * @param slot such as 2026-11-21T01:30:00Z
   * @throws SQLException when the database can't be read
   */
  public BackupDraft begin(Exchange exchange, String slot) throws SQLException {
    BackupDraft draft = begin(slot);
    Closing.with(exchange, draft);
    return draft;
  }

  BackupDraft begin(String slot) throws SQLException {
    Snapshot snapshot = Snapshot.take(database);
    try {
      return new BackupDraft(name(slot), hub, partSize, new Pace(pause), snapshot);
    } catch (SQLException | RuntimeException e) {
      snapshot.close();
      throw e;
    }
  }

  /** The bytes of the next part; null when there is none. */
  public @Nullable InputStream next(BackupDraft draft) throws SQLException, IOException {
    return draft.next();
  }

  /** Notes that the bucket has the part. */
  public void stored(BackupDraft draft, String receipt) throws IOException {
    draft.stored(receipt);
  }

  /** The manifest, which makes a backup of the parts. */
  public Manifest manifest(BackupDraft draft) throws SQLException {
    return draft.manifest();
  }

  /** As it is written. */
  public byte[] bytes(Manifest manifest) throws IOException {
    return manifest.bytes();
  }
}
