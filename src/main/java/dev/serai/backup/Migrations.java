package dev.serai.backup;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Objects;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;

/** The migrations of this hub, and up to which a database has them. */
final class Migrations {

  private Migrations() {}

  static String version(Connection connection) throws SQLException {
    return Sql.one(
        connection,
        "select version from serai.flyway_schema_history where success and version is not null"
            + " order by installed_rank desc limit 1");
  }

  /** The last one that this hub knows. */
  static MigrationVersion newest(Flyway flyway) {
    return Arrays.stream(flyway.info().all())
        .filter(info -> info.getScript() != null && info.getState().isResolved())
        .map(MigrationInfo::getVersion)
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .orElse(MigrationVersion.EMPTY);
  }

  /** The same ones for another database, up to a version. */
  static Flyway to(Flyway flyway, DataSource database, String version) {
    return Flyway.configure(flyway.getConfiguration().getClassLoader())
        .configuration(flyway.getConfiguration())
        .dataSource(database)
        .target(version)
        .load();
  }
}
