package dev.serai.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.serai.TestHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Does the script that judges a deployment know a hub that works? */
class SmokeTest {

  @Test
  void aHubThatWorksIsTakenAndWhatDoesNotAnswerIsNot() throws IOException, InterruptedException {
    assumeThat(RepositoryFiles.onPath("curl")).as("curl is not installed").isTrue();
    assertThat(smoke(TestHub.shared().url())).endsWith("is ready\nstatus 0");
    assertThat(smoke(TestHub.shared().url() + "/webhooks")).contains("is not ready\nstatus 1");
  }

  private static String smoke(String url) throws IOException, InterruptedException {
    ProcessBuilder script = new ProcessBuilder("sh", "docker/smoke.sh", url);
    script.environment().put("SMOKE_TRIES", "1");
    Process process = script.redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return "%sstatus %s".formatted(said, process.waitFor());
  }
}
