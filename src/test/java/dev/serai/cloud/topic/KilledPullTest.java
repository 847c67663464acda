package dev.serai.cloud.topic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.pubsub.v1.PubsubMessage;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.util.FileSystemUtils;

/** Is any message lost, or counted twice, when the hub's process is killed while messages flow? */
class KilledPullTest {

  private static final int MESSAGES = 600;

  /** Deliveries that may be under way at a time: twice the concurrency, with the claimed ones. */
  private static final int IN_FLIGHT = 2 * 8;

  private static final Duration START = Duration.ofSeconds(90);
  private static final PubsubFake PUBSUB = PubsubFake.shared();

  private static final String ROUTE =
      """
      - route:
          id: killed-pull
          errorHandler: {noErrorHandler: {}}
          from:
            uri: kamelet:topic-source
            parameters: {topic: '%s', subscription: '%s', backoff: 20ms, maxBackoff: 50ms}
            steps:
              - to:
                  id: killed-pull-out
                  uri: kamelet:topic-publish
                  parameters: {topic: '%s'}
      """;

  private final String in = TopicContract.name();
  private final String out = TopicContract.name();
  private final Path folder =
      Path.of("target", "test-data", "killed-" + UUID.randomUUID()).toAbsolutePath();

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", classes(), "dev.serai.Hub"));
    Hubs.settings().forEach((name, value) -> command.add("--%s=%s".formatted(name, value)));
    command.add("--serai.env=dev");
    command.add("--serai.data.dir=" + folder.resolve("data"));
    command.add("--serai.routes.dir=" + folder.resolve("routes"));
    command.add(
        "--serai.embedded.binaries-dir=" + Path.of("target", "test-data", "bin").toAbsolutePath());
    command.add("--logging.level.root=warn");
    try (ServerSocket free = new ServerSocket(0)) {
      command.add("--server.port=" + free.getLocalPort());
    }
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    Process process =
        builder
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    return process;
  }

  /** Surefire may hand its class path over in a jar's manifest; this one is always the whole. */
  private static String classes() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private List<PubsubMessage> handled() {
    return PUBSUB.requests().stream()
        .filter(request -> request.getTopic().equals(PubsubFake.topicPath(out)))
        .flatMap(request -> request.getMessagesList().stream())
        .toList();
  }

  @Test
  void whatIsAcknowledgedIsHandledAndRepeatsHaveTheSameKey() throws Exception {
    for (String part : List.of("policies", "kamelets")) {
      FileSystemUtils.copyRecursively(Path.of("routes", part), folder.resolve("routes/" + part));
    }
    Files.createDirectories(folder.resolve("routes/handlers"));
    Files.writeString(
        folder.resolve("routes/handlers/killed.camel.yaml"), ROUTE.formatted(in, in, out));
    PUBSUB.topic(in);
    PUBSUB.topic(out);
    FakeSubscription subscription = PUBSUB.subscribe(in, in);
    Process hub = launch();
    try {
      int before = 0;
      for (int kill = 1; kill <= 2; kill++) {
        await().atMost(START).until(() -> subscription.streams() == 1);
        subscription.addAll(PullFaultsTest.messages(MESSAGES / 3, ""));
        int most = before;
        await()
            .atMost(START)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> handled().size() > most + 20);
        hub.destroyForcibly().waitFor();
        before = handled().size();
        hub = launch();
      }
      await().atMost(START).until(() -> subscription.streams() == 1);
      subscription.addAll(PullFaultsTest.messages(MESSAGES / 3, ""));
      await().atMost(START).until(() -> subscription.backlog() == 0 && keys().size() == MESSAGES);
      int repeats = handled().size() - MESSAGES;
      System.out.printf("%s messages over 2 deaths, %s handled again%n", MESSAGES, repeats);
      assertThat(repeats).isLessThanOrEqualTo(2 * IN_FLIGHT);
    } finally {
      hub.destroy();
      assertThat(hub.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }
  }

  private Set<String> keys() {
    Set<String> keys = new HashSet<>();
    handled().forEach(message -> keys.add(message.getAttributesOrThrow(TopicMessage.KEY)));
    return keys;
  }
}
