package dev.serai.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.serai.TestHub;
import dev.serai.cli.LocalProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * What does a local program get from {@code listen} when the hub is killed, and the laptop sleeps?
 */
@ResourceLock(HubProcess.SHARED)
class ListenIT {

  private static final int MEANWHILE = 100;

  private final HubProcess hub = HubProcess.shared();

  @TempDir private Path folder;

  ListenIT() throws IOException {}

  @Test
  void everyEventArrivesOnceAcrossAKilledHubASleepAndARestart() throws Exception {
    try (LocalProgram program = new LocalProgram(0, request -> 200)) {
      Process listen = listen(program);
      await().atMost(Duration.ofSeconds(30)).until(() -> output().contains("Listening to"));
      Load load;
      try (Load posting = Load.trickleOn(hub, "ledger.listened")) {
        load = posting;
        await().atMost(Duration.ofSeconds(30)).until(() -> program.requests().size() > MEANWHILE);

        hub.kill9();
        await().atMost(Duration.ofSeconds(10)).until(() -> output().contains("Lost the hub"));
        hub.ensureReady();
        await().atMost(Duration.ofSeconds(10)).until(() -> output().contains("The hub is back"));

        signal("STOP", listen);
        int before = load.acknowledged().size();
        await()
            .atMost(Duration.ofSeconds(30))
            .until(() -> load.acknowledged().size() > before + MEANWHILE);
        signal("CONT", listen);

        signal("TERM", listen);
        assertThat(listen.waitFor(10, TimeUnit.SECONDS)).as(this::output).isTrue();
        listen = listen(program);
      }
      try {
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(
                () -> assertThat(ids(program)).as(this::output).containsAll(load.acknowledged()));
        assertThat(ids(program)).doesNotHaveDuplicates();
        assertThat(output()).contains("going on where it left off");
      } finally {
        listen.destroyForcibly().waitFor();
      }
    }
  }

  private static List<String> ids(LocalProgram program) {
    return program.requests().stream().map(LocalProgram.Request::id).toList();
  }

  private Process listen(LocalProgram program) throws IOException {
    Path log = folder.resolve("listen.log");
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            System.getProperty("serai.jar"),
            "listen",
            "--url=" + hub.url(),
            "--api-key=" + TestHub.API_KEY,
            "--source=stripe",
            "--type=stripe.ledger.listened",
            "--from=last",
            "--state-dir=" + folder,
            "--forward=" + program.url())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
        .start();
  }

  private static void signal(String name, Process process) throws Exception {
    assertThat(
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor())
        .isZero();
  }

  private String output() {
    try {
      Path log = folder.resolve("listen.log");
      return Files.exists(log) ? Files.readString(log) : "";
    } catch (IOException e) {
      return e.toString();
    }
  }
}
