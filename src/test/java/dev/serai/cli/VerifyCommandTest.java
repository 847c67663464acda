package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.StripeSender;
import dev.serai.TestHub;
import dev.serai.webhook.Cause;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What does {@code verify} say of a request that was saved to a file? */
@Execution(ExecutionMode.CONCURRENT)
class VerifyCommandTest {

  private static final String BODY = StripeSender.event("evt_v", "invoice.paid", "{\"id\":\"ü\"}");

  private final TestHub hub = TestHub.shared();
  private final Cli cli = new Cli(hub);

  @TempDir private Path folder;

  private int verify(String head, String body, String... options) throws Exception {
    Path file = Files.writeString(folder.resolve("request"), head + body);
    String[] line = new String[options.length + 2];
    line[0] = "verify";
    line[1] = file.toString();
    System.arraycopy(options, 0, line, 2, options.length);
    return cli.ask(line);
  }

  private String head(String body) {
    return "POST /webhooks/stripe HTTP/1.1\nHost: hub\nStripe-Signature: %s\nContent-Length: %s\n\n"
        .formatted(
            StripeSender.to(hub).sign(body, Instant.now()),
            body.getBytes(StandardCharsets.UTF_8).length);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n"})
  void aRightRequestIsAcceptedWithTheSecretsOfTheSourceThatItNames(String lineEnd)
      throws Exception {
    assertThat(verify(head(BODY).replace("\n", lineEnd), BODY)).as(cli.err()).isZero();
    assertThat(cli.out()).startsWith("accept: Verified with secret ");
  }

  @Test
  void aLineBreakThatAnEditorAddedIsToldOf() throws Exception {
    assertThat(verify(head(BODY), BODY + "\n")).isEqualTo(1);
    assertThat(cli.out())
        .startsWith("reject (signature_mismatch)")
        .contains("an editor may have added a line break", "byte for byte");
  }

  @Test
  void anOldRequestCanBeJudgedAsOfThen() throws Exception {
    Instant then = Instant.parse("2026-01-01T00:00:00Z");
    String head = "Stripe-Signature: %s\n\n".formatted(StripeSender.to(hub).sign(BODY, then));
    assertThat(verify(head, BODY, "--source", "stripe")).isEqualTo(1);
    assertThat(cli.out()).startsWith("reject (too_old)").contains("--now");
    assertThat(verify(head, BODY, "--source", "stripe", "--now", then.toString())).isZero();
  }

  @Test
  void aFileThatDoesNotSayItsSourceNeedsOne() throws Exception {
    assertThat(verify("Host: hub\n\n", BODY)).isEqualTo(2);
    assertThat(cli.err()).contains("give --source, one of [", "stripe");
    assertThat(verify("no header\n\n", BODY)).isEqualTo(2);
    assertThat(cli.err()).contains("request:1 is 'no header'");
  }

  @ParameterizedTest
  @EnumSource(Cause.class)
  void everyCauseHasItsAdvice(Cause cause) {
    assertThat(VerifyAdvice.of(cause.code())).isNotEmpty();
  }
}
