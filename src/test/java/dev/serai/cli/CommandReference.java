package dev.serai.cli;

import java.util.Collection;
import java.util.Locale;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** {@code docs/cli.md}, written from the model that the commands are run by. */
public final class CommandReference {

  private static final String INTRODUCTION =
      """
      `serai` stands for `java -jar target/serai.jar`:

      ```
      alias serai='java -XX:TieredStopAtLevel=1 -jar /path/to/serai.jar'   # quicker for short commands
      source <(serai completion bash)
      ```

      Commands talk to a running hub by its API: `--url` (or `SERAI_URL`) says which, `--api-key` (or `SERAI_API_KEY`) with
      which key. On the hub's own machine the key is found in its data directory. Tables are for people and may change;
      `--json` prints what the API answers. What is under way is told on the standard error. Colours are for terminals; `NO_COLOR=1`
      takes them away there, too.

      """;

  private CommandReference() {}

  /**
   * @param mark says that the page is generated
   */
  public static String page(String mark) {
    StringBuilder page = new StringBuilder("# Command line\n\n").append(mark).append(INTRODUCTION);
    CommandLine commands = Commands.commandLine();
    page.append("| Command | Does |\n|---|---|\n");
    index(commands, page);
    byName(commands).forEach(command -> section(command, page));
    return page.toString();
  }

  /** Those of methods come in any order. */
  private static Collection<CommandLine> byName(CommandLine commands) {
    return new TreeMap<>(commands.getSubcommands()).values();
  }

  private static void index(CommandLine commands, StringBuilder page) {
    for (CommandLine command : byName(commands)) {
      CommandSpec spec = command.getCommandSpec();
      if (command.getSubcommands().isEmpty()) {
        String name = spec.qualifiedName();
        page.append("| [`%s`](#%s) | %s |\n".formatted(name, anchor(name), first(spec)));
      }
      index(command, page);
    }
  }

  private static void section(CommandLine command, StringBuilder page) {
    CommandSpec spec = command.getCommandSpec();
    if (!command.getSubcommands().isEmpty()) {
      byName(command).forEach(sub -> section(sub, page));
      return;
    }
    page.append("\n## ").append(spec.qualifiedName()).append("\n\n");
    for (String line : spec.usageMessage().description()) {
      page.append(line.isEmpty() ? "\n" : text(line) + "\n");
    }
    page.append("\n```\n")
        .append(
            command
                .getHelp()
                .synopsis(0)
                .replaceAll("\\s+", " ")
                .replace("[-hV]", "")
                .replaceAll(" +", " ")
                .strip())
        .append("\n```\n");
    arguments(spec, page);
    page.append("\nExit codes: ");
    page.append(
        String.join(
            "; ",
            spec.usageMessage().exitCodeList().entrySet().stream()
                .map(code -> "%s %s".formatted(code.getKey().strip(), code.getValue()))
                .toList()));
    page.append(".\n");
    if (spec.usageMessage().footer().length > 0) {
      page.append("\n```\n");
      for (String line : spec.usageMessage().footer()) {
        page.append(line.strip().replace("%%", "%")).append("\n");
      }
      page.append("```\n");
    }
  }

  private static void arguments(CommandSpec spec, StringBuilder page) {
    StringBuilder rows = new StringBuilder();
    for (PositionalParamSpec argument : spec.positionalParameters()) {
      rows.append(row("`%s`".formatted(argument.paramLabel()), argument));
    }
    for (OptionSpec option : spec.options()) {
      if (!option.usageHelp() && !option.versionHelp()) {
        String label = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        rows.append(row("`%s%s`".formatted(option.longestName(), label), option));
      }
    }
    if (!rows.isEmpty()) {
      page.append("\n| Argument | Meaning |\n|---|---|\n").append(rows);
    }
  }

  private static String row(String name, ArgSpec argument) {
    return "| %s | %s |\n".formatted(name, text(String.join(" ", argument.description())));
  }

  private static String first(CommandSpec spec) {
    return text(spec.usageMessage().description()[0]);
  }

  /** Picocli's text as Markdown's. */
  private static String text(String text) {
    return Ansi.OFF
        .text(text.replace("%n", " ").replace("%%", "%").strip())
        .toString()
        .replace("|", "\\|")
        .replace("*", "\\*");
  }

  private static String anchor(String name) {
    return name.replace(" ", "-").toLowerCase(Locale.ROOT);
  }
}
