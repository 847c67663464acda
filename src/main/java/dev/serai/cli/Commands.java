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
    footer = {
      "",
      "Exit codes: 0 done; 1 the hub refused or the check failed; 2 wrong usage; 3 the hub can't be"
          + " reached."
    },
    subcommands = {
      EventsCommand.class,
      SubscriptionsCommand.class,
      DeadLettersCommand.class,
      RoutesCommand.class,
      HealthCommand.class,
      VerifyCommand.class,
      TriggerCommand.class,
      LoadTestCommand.class,
      CommandLine.HelpCommand.class
    })
public final class Commands extends CommandGroup {

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args));
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    return new CommandLine(new Commands())
        .setOut(out)
        .setErr(err)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(new FailureReport())
        .execute(args);
  }
}
