package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.TestHub;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What does a shell complete? */
@Execution(ExecutionMode.CONCURRENT)
class CompletionTest {

  private final Cli cli = new Cli(TestHub.shared());

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "lis, listen",
    "events re, replay",
    "events list --li, --limit",
    "listen --forw, --forward",
    "completion z, zsh",
  })
  void bashCompletesCommandsAndOptions(String typed, String expected) throws Exception {
    assertThat(cli.run("completion", "bash")).isZero();
    Path script = Files.writeString(folder.resolve("completion"), cli.out());
    Process bash =
        new ProcessBuilder(
                "bash",
                "-c",
                """
                source %s || exit 1
                COMP_WORDS=(serai %s)
                COMP_CWORD=$(( ${#COMP_WORDS[@]} - 1 ))
                _complete_serai 2>/dev/null # compopt works within a completion only
                echo "${COMPREPLY[@]}"
                """
                    .formatted(script, typed))
            .start();
    String printed = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(printed).isZero();
    assertThat(printed.strip().split(" ")).contains(expected);
  }

  @Test
  void zshGetsItsOwnBeginning() {
    assertThat(cli.run("completion", "zsh")).isZero();
    assertThat(cli.out()).startsWith("autoload -Uz compinit").contains("bashcompinit");
    assertThat(cli.run("completion", "fish")).isEqualTo(2);
    assertThat(cli.err()).contains("fish");
  }
}
