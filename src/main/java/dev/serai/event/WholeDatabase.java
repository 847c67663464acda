package dev.serai.event;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.springframework.boot.autoconfigure.flyway.FlywayMigrationStrategy;

/**
 * Migrates a database unless a backup is being restored into it, or was, and ended half-way: a hub
 * would take a part of the rows for all of them.
 */
final class WholeDatabase implements FlywayMigrationStrategy {

  @Override
  public void migrate(Flyway flyway) {
    check(flyway);
    flyway.migrate();
  }

  private static void check(Flyway flyway) {
    try (Connection connection = flyway.getConfiguration().getDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet found =
            statement.executeQuery("select 1 from pg_namespace where nspname = 'serai_restore'")) {
      if (found.next()) {
        throw new HalfRestoredDatabaseException(connection.getCatalog());
      }
    } catch (SQLException e) {
      throw new FlywayException("The database can't be asked: " + e.getMessage(), e);
    }
  }
}
