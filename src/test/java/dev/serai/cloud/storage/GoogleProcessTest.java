package dev.serai.cloud.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.cloud.google.HttpFake;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * How much memory does a large object take, and what is there after a kill? 96 MB and three rounds;
 * more by {@code -Dserai.object-mb=1024} and {@code -Dserai.rounds=}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GoogleProcessTest {

  private static final int MEGABYTES = Integer.getInteger("serai.object-mb", 96);
  private static final int ROUNDS = Integer.getInteger("serai.rounds", 3);
  private static final String GONE = "gone";

  private HttpFake http;
  private StorageFake fake;

  @BeforeAll
  void open() {
    http = new HttpFake();
    fake = new StorageFake(http, true, StorageHub.BUCKETS);
  }

  @AfterAll
  void close() {
    http.close();
  }

  @Test
  void anObjectLargerThanAllMemoryGoesUpAndDown() throws Exception {
    Process program =
        GoogleProgram.start(http, fake, List.of("-Xmx64m"), Integer.toString(MEGABYTES));
    String said = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(program.waitFor()).isZero();
    long bytes = (long) MEGABYTES << 20;
    assertThat(said).startsWith(bytes + " bytes up").contains(bytes + " down");
    System.out.print("with a heap of 64 MB in all: " + said);
  }

  @Test
  void whatWasStoredIsThereWholeAfterAKillAndNothingElse() throws Exception {
    Random random = new Random();
    GoogleObjects objects = GoogleProgram.objects(http.url(), fake.identity.file(http).toString());
    for (int round = 0; round < ROUNDS; round++) {
      for (int name = 0; name < GoogleProgram.NAMES; name++) {
        objects.delete("exports", GoogleProgram.name(name), 0);
      }
      Map<String, String> certain = killed(10 + random.nextInt(20));
      for (int name = 0; name < GoogleProgram.NAMES; name++) {
        // The change that was under way may have been made, and was not acknowledged.
        assertThat(List.of(certain.getOrDefault("" + name, GONE), certain.get("next")))
            .contains(content(objects, GoogleProgram.name(name)));
      }
    }
  }

  /** What the program had said before it was killed, and what it was about to do. */
  private Map<String, String> killed(int lines) throws IOException {
    Process program = GoogleProgram.start(http, fake, List.of("-Xmx96m"));
    Map<String, String> said = new HashMap<>();
    int count = 0;
    try (BufferedReader out = program.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        count++;
        said.put(line.substring(0, 1), line.substring(2));
        if (count == lines) {
          program.toHandle().destroyForcibly();
        }
      }
    } finally {
      program.destroyForcibly().onExit().join();
    }
    said.put("next", (count + 1) % 7 == 0 ? GONE : Integer.toString((count + 1) % 100));
    return said;
  }

  private static String content(GoogleObjects objects, String name) throws IOException {
    try (InputStream in = objects.read("exports", name).in()) {
      byte[] bytes = in.readAllBytes();
      assertThat(bytes).hasSize(GoogleProgram.SIZE + bytes[0]);
      for (byte one : bytes) {
        if (one != bytes[0]) {
          throw new AssertionError("a mixture");
        }
      }
      return Integer.toString(bytes[0]);
    } catch (ObjectException.ObjectMissingException e) {
      return GONE;
    }
  }
}
