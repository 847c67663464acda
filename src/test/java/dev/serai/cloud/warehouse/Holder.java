package dev.serai.cloud.warehouse;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;

/** Another process that has a file of DuckDB open, as an operator's tool has. */
final class Holder implements AutoCloseable {

  private final Process process;

  private Holder(Process process) {
    this.process = process;
  }

  static Holder of(Path file) throws Exception {
    String driver =
        Path.of(
                Class.forName("org.duckdb.DuckDBDriver")
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI())
            .toString();
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                driver + ":" + Path.of("target", "test-classes"),
                Holder.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (process.getInputStream().read() != '!') {
      throw new IOException("The file can't be held");
    }
    return new Holder(process);
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() throws Exception {
    process.getOutputStream().close();
    process.waitFor();
  }

  /** Holds the file until its input ends. */
  public static void main(String... arguments) throws Exception {
    Driver driver =
        (Driver) Class.forName("org.duckdb.DuckDBDriver").getDeclaredConstructor().newInstance();
    try (Connection held =
        driver.connect("jdbc:duckdb:" + arguments[0], new java.util.Properties())) {
      System.out.print(held.isClosed() ? "?" : "!");
      System.out.flush();
      while (System.in.read() >= 0) {
        // Until the end.
      }
    }
  }
}
