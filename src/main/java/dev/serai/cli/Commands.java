package dev.serai.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line's entry. */
@Command(
    name = "serai",
    mixinStandardHelpOptions = true,
    versionProvider = BuildVersion.class,
    description = "Operates a Serai hub. Without a command the hub itself is started.",
    subcommands = {
      SourcesCommand.class,
      EventsCommand.class,
      EventTypesCommand.class,
      SubscriptionsCommand.class,
      DeadLettersCommand.class,
      ReplaysCommand.class,
      RefusalsCommand.class,
      PaymentsCommand.class,
      JobsCommand.class,
      RunsCommand.class,
      DocumentsCommand.class,
      ArchiveCommand.class,
      EraseCommand.class,
      QueuesCommand.class,
      UsageCommand.class,
      FlagsCommand.class,
      RoutesCommand.class,
      HealthCommand.class,
      RedisCommand.class,
      BackupCommand.class,
      VerifyCommand.class,
      TriggerCommand.class,
      ListenCommand.class,
      WarmUpCommand.class,
      LoadTestCommand.class,
      BenchmarkCommand.class,
      MigrateCommand.class,
      CompletionCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Commands extends CommandGroup {

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    // What a command has to say it prints. (Read with the first logger, which few commands need.)
    System.setProperty("logback.configurationFile", "dev/serai/cli/logback.xml");
    System.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args));
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    return commandLine().setOut(out).setErr(err).execute(args);
  }

  /** All commands, with what their help says. */
  static CommandLine commandLine() {
    CommandLine commands =
        new CommandLine(new Commands())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .setExecutionExceptionHandler(new FailureReport());
    CommandHelp.complete(commands);
    return commands;
  }
}
