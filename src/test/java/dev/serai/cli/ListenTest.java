package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What does a local program get from {@code listen}? */
@Execution(ExecutionMode.CONCURRENT)
class ListenTest {

  private final TestHub hub = TestHub.shared();
  private final Cli cli = new Cli(hub);
  private final String mark = UUID.randomUUID().toString();

  @TempDir private Path folder;

  /** Listens on a thread of its own until it ends by itself. */
  private CompletableFuture<Integer> listen(String... options) {
    List<String> line = new ArrayList<>(List.of("listen", "--state-dir", folder.toString()));
    line.addAll(Arrays.asList(options));
    return CompletableFuture.supplyAsync(() -> cli.ask(line.toArray(String[]::new)));
  }

  private static void end(CompletableFuture<Integer> listening, int code) throws Exception {
    assertThat(listening.get(30, TimeUnit.SECONDS)).isEqualTo(code);
  }

  private String append(String type) throws Exception {
    return Api.of(hub)
        .post("/api/v1/events", "{\"type\":\"%s\",\"source\":\"l-%s\"}".formatted(type, mark))
        .json()
        .path("id")
        .asText();
  }

  private static List<String> ids(LocalProgram program) {
    return program.requests().stream().map(LocalProgram.Request::id).toList();
  }

  @Test
  void theBytesOfTheProviderAndAFreshSignature() throws Exception {
    String body = StripeSender.event("evt_" + mark, "listen.signed", "{\"id\":\"ü\",  \"a\":1}");
    try (var program = new LocalProgram(0, request -> 200)) {
      String before = append("listen.before");
      StripeSender.to(hub).post(body);
      end(
          listen(
              "--source=stripe",
              "--type=stripe.listen.*",
              "--from=" + before,
              "--forward=" + program.url(),
              "--sign",
              "--count=1"),
          0);
      LocalProgram.Request got = program.requests().getFirst();
      assertThat(new String(got.body(), StandardCharsets.UTF_8)).isEqualTo(body);
      assertThat(got.type()).isEqualTo("stripe.listen.signed");
      assertThat(got.source()).isEqualTo("stripe");
      assertThat(got.contentType()).isEqualTo("application/json");
      long seconds = Long.parseLong(got.signature().replaceAll("t=(\\d+),.*", "$1"));
      assertThat(got.signature())
          .isEqualTo(StripeSender.to(hub).sign(body, Instant.ofEpochSecond(seconds)));
      assertThat(cli.out()).contains("stripe.listen.signed", got.id(), "200", " ms");
    }
  }

  @Test
  void whatCameWhileNobodyListenedComesNextTime() throws Exception {
    try (var program = new LocalProgram(0, request -> 200)) {
      String first = append("listen.first");
      end(
          listen(
              "--source=l-" + mark,
              "--forward=" + program.url(),
              "--count=1",
              "--from=2026-01-01T00:00:00Z"),
          0);
      String second = append("listen.second");
      String third = append("listen.third");
      end(listen("--source=l-" + mark, "--forward=" + program.url(), "--count=2"), 0);
      assertThat(ids(program)).containsExactly(first, second, third);
      assertThat(cli.err()).contains("going on where it left off");
    }
  }

  @Test
  void aListenerThatEndsBeforeItsFirstEventKeepsItsPlace() throws Exception {
    try (var program = new LocalProgram(0, request -> 200)) {
      String[] options = {"--source=l-" + mark, "--forward=" + program.url(), "--count=1"};
      CompletableFuture<Integer> first = listen(options);
      await().until(() -> folder.toFile().list((all, name) -> name.endsWith(".json")).length == 1);
      byte[] saved = java.nio.file.Files.readAllBytes(folder.toFile().listFiles()[0].toPath());
      String meanwhile = append("listen.meanwhile");
      end(first, 0);
      java.nio.file.Files.write(folder.toFile().listFiles()[0].toPath(), saved);
      end(listen(options), 0);
      assertThat(ids(program)).containsExactly(meanwhile, meanwhile);
    }
  }

  @Test
  void anEventIsRepeatedUntilTheProgramTakesItOrItsAttemptsAreUsedUp() throws Exception {
    try (var program =
        new LocalProgram(0, request -> request.type().endsWith("never") ? 500 : 200)) {
      String never = append("listen.never");
      String after = append("listen.after");
      end(
          listen(
              "--source=l-" + mark,
              "--forward=" + program.url(),
              "--attempts=3",
              "--count=2",
              "--from=2026-01-01T00:00:00Z"),
          0);
      assertThat(ids(program)).containsExactly(never, never, never, after);
      assertThat(cli.err()).contains("answers 500 to " + never + "; trying again");
    }
  }

  @Test
  void aProgramThatIsDownIsWaitedFor() throws Exception {
    int port;
    try (var program = new LocalProgram(0, request -> 200)) {
      port = program.port();
    }
    String id = append("listen.wait");
    CompletableFuture<Integer> listening =
        listen(
            "--source=l-" + mark,
            "--forward=http://127.0.0.1:" + port,
            "--count=1",
            "--from=2026-01-01T00:00:00Z");
    await().until(() -> cli.err().contains("can't be reached; trying again"));
    try (var program = new LocalProgram(port, request -> 204)) {
      end(listening, 0);
      assertThat(ids(program)).containsExactly(id);
      assertThat(cli.err()).contains("answers 204");
    }
  }

  @Test
  void aHubThatFallsSilentIsMissedWithinTenSecondsAndFoundAgain() throws Exception {
    try (var hole = new Gate(hub.port());
        var program = new LocalProgram(0, request -> 200)) {
      CompletableFuture<Integer> listening =
          CompletableFuture.supplyAsync(
              () ->
                  cli.run(
                      "listen",
                      "--state-dir=" + folder,
                      "--source=l-" + mark,
                      "--forward=" + program.url(),
                      "--count=2",
                      "--api-key=" + TestHub.API_KEY,
                      "--url=http://127.0.0.1:" + hole.port()));
      await().until(() -> cli.err().contains("Listening to"));
      append("listen.before");
      await().until(() -> program.requests().size() == 1);
      List<String> before = ids(program);
      hole.shut();
      long shut = System.nanoTime();
      await().atMost(Duration.ofSeconds(10)).until(() -> cli.err().contains("Lost the hub"));
      assertThat(Duration.ofNanos(System.nanoTime() - shut)).isLessThan(Duration.ofSeconds(10));
      String meanwhile = append("listen.meanwhile");
      hole.open();
      end(listening, 0);
      assertThat(cli.err()).contains("The hub is back");
      assertThat(ids(program)).containsExactly(before.getFirst(), meanwhile);
    }
  }

  @Test
  void withoutAProgramEventsAreOnlyPrinted() throws Exception {
    String id = append("listen.printed");
    end(listen("--source=l-" + mark, "--from=2026-01-01T00:00:00Z", "--count=1", "--json"), 0);
    assertThat(new ObjectMapper().readTree(cli.out()).path("id").asText()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--forward=localhost:3000", "--forward=ftp://x/y", "--timeout=soon"})
  void wrongUsage(String option) throws Exception {
    end(listen(option), 2);
    assertThat(cli.err()).contains(option.replaceAll("=.*", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--from=yesterday", "--type=a..b", "--api-key=sk_not_a_key_of_this_hub"})
  void whatTheHubRefusesEndsIt(String option) throws Exception {
    end(listen(option.split("=", 2)), 1);
    assertThat(cli.err()).containsPattern("serai: 40[01]: ");
  }
}
