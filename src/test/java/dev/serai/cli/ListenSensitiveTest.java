package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.TestHub;
import dev.serai.TestLog;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What does {@code listen} do with events whose bodies stay in the hub? */
class ListenSensitiveTest {

  private final TestHub hub = TestHub.shared();
  private final Cli cli = new Cli(hub);
  private final String source = "l-" + UUID.randomUUID();

  @TempDir private Path folder;

  private String append(String type) throws Exception {
    return Api.of(hub)
        .post("/api/v1/events", "{\"type\":\"%s\",\"source\":\"%s\"}".formatted(type, source))
        .json()
        .path("id")
        .asText();
  }

  @Test
  void theyArePrintedAndNotPosted() throws Exception {
    try (var program = new LocalProgram(0, request -> 200)) {
      String before = append("listen.before");
      var event =
          TestLog.event(source, "listen.secret", source, null, "{\"code\":\"123456\"}", null);
      String secret = TestLog.of(hub).append(event.asSensitive()).id().toString();
      String plain = append("listen.plain");

      int code =
          cli.ask(
              "listen",
              "--state-dir=" + folder,
              "--source=" + source,
              "--from=" + before,
              "--forward=" + program.url(),
              "--count=2");

      assertThat(code).isZero();
      assertThat(program.requests()).extracting(LocalProgram.Request::id).containsExactly(plain);
      assertThat(cli.out()).contains(secret, plain);
      assertThat(cli.err()).contains(secret + " is sensitive: it is not forwarded");
    }
  }
}
