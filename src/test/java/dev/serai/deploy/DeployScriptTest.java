package dev.serai.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does a deployment do to the service, when it succeeds and when it doesn't? */
class DeployScriptTest {

  /** Answers as gcloud does, and notes what it was asked. */
  private static final String GCLOUD =
      """
      #!/bin/sh
      echo "$*" >> "$CALLS"
      case "$*" in
        *"$FAILS"*) exit 1 ;;
        *describe*) echo '{"status": {"url": "https://hub.test", "traffic": [
          {"revisionName": "hub-1", "percent": 100},
          {"revisionName": "hub-2", "tag": "candidate", "url": "https://candidate.test"}]}}' ;;
      esac
      """;

  /** A hub that answers as it should, but at the addresses that are broken. */
  private static final String CURL =
      """
      #!/bin/sh
      for last; do :; done
      case "$last" in
        "$BROKEN"*) printf 503 ;;
        */health/*) printf 200 ;;
        */webhooks/*) printf 404 ;;
        *) printf 401 ;;
      esac
      """;

  @TempDir Path folder;

  @BeforeEach
  void programs() throws IOException {
    program("gcloud", GCLOUD);
    program("curl", CURL);
  }

  @Test
  void aGoodRevisionIsMigratedTriedAndGivenTheTraffic() throws Exception {
    assertThat(deploy("nothing", "nowhere")).isZero();
    assertThat(changes())
        .containsExactly(
            "run jobs update hub-migrate --region r --quiet --image i",
            "run jobs execute hub-migrate --region r --quiet --wait",
            "run services update hub --region r --quiet --container hub --image i --no-traffic"
                + " --tag candidate",
            "run services update-traffic hub --region r --quiet --to-revisions hub-2=100",
            "run services update-traffic hub --region r --quiet --remove-tags candidate");
  }

  @Test
  void aMigrationThatFailsChangesNoRevision() throws Exception {
    assertThat(deploy("jobs execute", "nowhere")).isNotZero();
    assertThat(changes()).noneMatch(call -> call.contains("services"));
  }

  @Test
  void aRevisionThatDoesNotAnswerGetsNoRequests() throws Exception {
    assertThat(deploy("nothing", "https://candidate.test")).isNotZero();
    assertThat(changes()).noneMatch(call -> call.contains("hub-2=100"));
    assertThat(changes().getLast()).contains("--remove-tags candidate");
  }

  @Test
  void aRevisionThatFailsWithRequestsIsTakenBack() throws Exception {
    assertThat(deploy("nothing", "https://hub.test")).isNotZero();
    assertThat(changes())
        .filteredOn(call -> call.contains("--to-revisions"))
        .extracting(call -> call.replaceAll(".*--to-revisions ", ""))
        .containsExactly("hub-2=100", "hub-1=100");
  }

  private int deploy(String fails, String broken) throws Exception {
    ProcessBuilder script =
        new ProcessBuilder(Path.of("docker/deploy.sh").toAbsolutePath().toString());
    script
        .environment()
        .putAll(
            Map.of(
                "PATH",
                folder + ":" + System.getenv("PATH"),
                "CALLS",
                folder.resolve("calls").toString(),
                "FAILS",
                fails,
                "BROKEN",
                broken,
                "SMOKE_TRIES",
                "1",
                "REGION",
                "r",
                "SERVICE",
                "hub",
                "IMAGE",
                "i"));
    Process process = script.redirectErrorStream(true).start();
    process.getInputStream().readAllBytes();
    return process.waitFor();
  }

  private List<String> changes() throws IOException {
    return Files.readAllLines(folder.resolve("calls")).stream()
        .filter(call -> !call.contains("describe"))
        .toList();
  }

  private void program(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }
}
