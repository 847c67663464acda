package dev.serai.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.Model.UsageMessageSpec;

/** What the help of every command says: exit codes, unless it has its own, and examples. */
final class CommandHelp {

  private static final Map<String, String> EXIT_CODES =
      new TreeMap<>(
          Map.of(
              "0", "done",
              "1", "the hub refused",
              "2", "wrong usage",
              "3", "the hub can't be reached"));

  private CommandHelp() {}

  /** Completes the help of a command and all below it. */
  static void complete(CommandLine commands) {
    complete(commands, examples());
  }

  private static void complete(CommandLine command, Properties examples) {
    UsageMessageSpec usage = command.getCommandSpec().usageMessage();
    if (usage.exitCodeList().isEmpty()) {
      usage.exitCodeListHeading("%nExit codes:%n");
      usage.exitCodeList(EXIT_CODES);
    }
    String lines = examples.getProperty(command.getCommandSpec().qualifiedName("."));
    if (lines != null) {
      usage.footerHeading("%nExamples:%n");
      usage.footer(
          lines.lines().map(line -> "  " + line.replace("%", "%%")).toArray(String[]::new));
    }
    command.getSubcommands().values().forEach(sub -> complete(sub, examples));
  }

  /** Command lines by the command's name with dots. */
  static Properties examples() {
    Properties examples = new Properties();
    try (InputStream in = CommandHelp.class.getResourceAsStream("examples.properties")) {
      if (in != null) {
        examples.load(new InputStreamReader(in, StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return examples;
  }
}
