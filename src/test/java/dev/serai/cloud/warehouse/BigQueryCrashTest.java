package dev.serai.cloud.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Is each good row once in BigQuery when its writer is killed again and again, and comes back with
 * other batches? 3,000 rows, of which each hundredth is bad; more by {@code -Dserai.rows=}.
 */
class BigQueryCrashTest {

  private static final int ROWS = Integer.getInteger("serai.rows", 3_000);
  private static final int KILLS = 4;
  private static final Duration QUIET = Duration.ofMillis(300);

  @Test
  void goodRowsAreThereOnceAndBadOnesAreTold(@TempDir Path folder) throws Exception {
    Random random = new Random();
    try (BigQueryClient client =
        new BigQueryClient(folder).schema("things", BigQueryInsertTest.FIELDS)) {
      client.fake.latency = Duration.ofMillis(2);
      int certain = 0;
      for (int kill = 1; kill <= KILLS; kill++) {
        int until = ROWS * kill / (KILLS + 1);
        certain = inserted(client, folder, certain, 20 + random.nextInt(ROWS / 20), until);
        if (kill % 2 == 0) {
          // The next one comes when BigQuery has forgotten what it was sent.
          await().during(QUIET).until(() -> client.fake.underWay.get() == 0);
          client.fake.tables.forgetInsertIds();
        }
      }
      client.fake.lost.set(1);
      assertThat(inserted(client, folder, certain, ROWS / 7, Integer.MAX_VALUE)).isEqualTo(ROWS);
      assertThat(client.count("things")).isEqualTo(ROWS - ROWS / 100);
      assertThat(client.fake.tables.count("select count(distinct id) from things"))
          .isEqualTo(ROWS - ROWS / 100);
      assertThat(client.fake.tables.count("select cast(sum(n) as bigint) from things"))
          .isEqualTo(sum());
    }
  }

  private static long sum() {
    long sum = 0;
    for (int i = 0; i < ROWS; i++) {
      sum += i % 100 == 99 ? 0 : i;
    }
    return sum;
  }

  /** Up to which number all were in when the program had said so, or was killed. */
  private static int inserted(BigQueryClient client, Path folder, int from, int size, int until)
      throws IOException {
    String classes =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    Process program =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                InsertingProgram.class.getName(),
                client.server.url(),
                folder.toString(),
                Integer.toString(from),
                Integer.toString(ROWS),
                Integer.toString(size))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    int certain = from;
    try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
      String line = out.readLine();
      while (line != null) {
        String[] said = line.split(" ", 2);
        int next = Integer.parseInt(said[0]);
        assertThat(Integer.parseInt(said[1])).isEqualTo(next / 100 - certain / 100);
        certain = next;
        if (certain >= until) {
          // The process's own method would close what it has said, too.
          program.toHandle().destroyForcibly();
        }
        line = out.readLine();
      }
    } finally {
      program.destroyForcibly().onExit().join();
    }
    return certain;
  }
}
