package dev.serai.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;

/** Does every command say how it is used? */
@Execution(ExecutionMode.CONCURRENT)
class HelpTest {

  /** Read once: that takes picocli half a second. */
  private static final CommandLine SERAI = Commands.commandLine();

  static Stream<CommandLine> commands() {
    List<CommandLine> all = new ArrayList<>();
    collect(SERAI, all);
    return all.stream();
  }

  private static void collect(CommandLine command, List<CommandLine> all) {
    all.add(command);
    command.getSubcommands().values().forEach(sub -> collect(sub, all));
  }

  @Test
  void thereAreCommands() {
    assertThat(commands()).hasSizeGreaterThan(20);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void ofEveryCommand(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    String name = spec.qualifiedName();
    assertThat(spec.usageMessage().description()).as("description of %s", name).isNotEmpty();
    assertThat(spec.usageMessage().exitCodeList()).as("exit codes of %s", name).isNotEmpty();
    for (ArgSpec argument : spec.args()) {
      assertThat(argument.description())
          .as("description of %s of %s", argument.paramLabel(), name)
          .isNotEmpty();
    }
    if (!name.endsWith("help")) {
      assertThat(spec.findOption("--help")).as("--help of %s", name).isNotNull();
      assertThat(command.getUsageMessage(CommandLine.Help.Ansi.OFF))
          .as("help of %s", name)
          .contains("Usage: serai", "Exit codes:");
    }
  }

  static Stream<Map.Entry<String, String>> examples() {
    return CommandHelp.examples().stringPropertyNames().stream()
        .flatMap(
            name ->
                CommandHelp.examples()
                    .getProperty(name)
                    .lines()
                    .map(line -> Map.entry(name, line)));
  }

  /** An example stands with a command that exists, and is a line that the command takes. */
  @ParameterizedTest
  @MethodSource("examples")
  void everyExampleCanBeTyped(Map.Entry<String, String> example) {
    assertThat(commands().map(command -> command.getCommandSpec().qualifiedName(".")))
        .contains(example.getKey());
    String line = example.getValue().replaceAll(" > .*", "");
    if (line.startsWith("serai ")) {
      String[] words =
          Stream.of(line.split(" (?=(?:[^']*'[^']*')*[^']*$)"))
              .skip(1)
              .map(word -> word.replace("'", ""))
              .toArray(String[]::new);
      CommandLine.ParseResult parsed = SERAI.parseArgs(words);
      assertThat(parsed.hasSubcommand()).isTrue();
    }
  }
}
