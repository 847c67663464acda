package dev.serai.cloud.warehouse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/** Connects to a file of DuckDB, whose statements reach nothing beside it. */
final class DuckDb {

  private static final String DRIVER = "org.duckdb.DuckDBDriver";
  private static final Path MAPS = Path.of("/proc/self/maps");

  private final Path file;
  private final Properties options = new Properties();

  DuckDb(Path file, DataSize memory) {
    this.file = file;
    options.put("memory_limit", memory.toMegabytes() + "MiB");
    options.put("threads", "2");
    options.put("temp_directory", file.resolveSibling("spilled").toString());
    options.put("enable_external_access", "false");
    options.put("autoinstall_known_extensions", "false");
    options.put("autoload_known_extensions", "false");
    options.put("lock_configuration", "true");
  }

  Path file() {
    return file;
  }

  /**
   * The first connection opens the file and locks it for all other processes; the last one that is
   * closed closes it.
   */
  Connection connect() throws SQLException, WarehouseException {
    try {
      Driver driver =
          (Driver)
              Class.forName(DRIVER, true, DuckDb.class.getClassLoader())
                  .getDeclaredConstructor()
                  .newInstance();
      Connection connection = driver.connect("jdbc:duckdb:" + file, options);
      forgetUnpacked();
      return connection;
    } catch (ReflectiveOperationException e) {
      throw new WarehouseException(
          "The warehouse %s can't be opened: DuckDB is not in this build (-DwithoutDuckdb)"
              .formatted(file),
          e);
    }
  }

  /**
   * The driver unpacks its library, 60 MB, into the folder of temporary files and would delete it
   * at the end of the process, which a killed one doesn't reach. What is loaded needs no name.
   */
  private static void forgetUnpacked() {
    try (Stream<String> mapped = Files.lines(MAPS)) {
      mapped
          .filter(line -> line.contains("/libduckdb_java") && line.endsWith(".so"))
          .map(line -> Path.of(line.substring(line.indexOf('/'))))
          .distinct()
          .forEach(DuckDb::delete);
    } catch (IOException e) {
      // No Linux: it is deleted at the end.
    }
  }

  private static void delete(Path library) {
    try {
      Files.deleteIfExists(library);
    } catch (IOException e) {
      // Likewise.
    }
  }
}
