package dev.serai.backup;

import java.io.IOException;
import java.io.InputStream;
import java.sql.SQLException;
import java.util.Objects;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.flywaydb.core.Flyway;

/** Restores a backup into a scratch database, for the route of the job {@code backup-verify}. */
public final class Verification {

  private final DataSource hub;
  private final Flyway flyway;
  private final String scratchUrl;

  Verification(DataSource hub, Flyway flyway, String scratchUrl) {
    this.hub = hub;
    this.flyway = flyway;
    this.scratchUrl = scratchUrl;
  }

  /** Reads what a backup has, from the body. */
  public Manifest manifest(Exchange exchange) throws IOException {
    try (InputStream object = body(exchange)) {
      return Manifest.read(object);
    }
  }

  private static InputStream body(Exchange exchange) {
    return Objects.requireNonNull(exchange.getMessage().getBody(InputStream.class), "the object");
  }

  /** Makes the scratch database and its tables; both are gone when the exchange ends. */
  public DatabaseLoad begin(Exchange exchange, Manifest manifest) throws SQLException {
    ScratchDatabase scratch = ScratchDatabase.open(hub, scratchUrl);
    Closing.with(exchange, scratch);
    DatabaseLoad load = DatabaseLoad.into(scratch.database(), flyway, manifest);
    Closing.with(exchange, load); // later ones are closed first
    return load;
  }

  /** Restores the part that is the body. */
  public void load(Exchange exchange, DatabaseLoad load, Manifest.Part part)
      throws IOException, SQLException {
    load.load(part, body(exchange));
  }

  /** Compares every table with what the manifest says of it; nothing of it is kept. */
  public String compare(DatabaseLoad load, Manifest manifest) throws IOException, SQLException {
    load.compare();
    return "%s of %s: %s rows of %s tables restored and compared"
        .formatted(manifest.name(), manifest.takenAt(), manifest.rows(), manifest.tables().size());
  }
}
