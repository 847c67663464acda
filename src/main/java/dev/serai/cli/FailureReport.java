package dev.serai.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** One line about what failed, and the exit code that says the same to a script. */
final class FailureReport implements IExecutionExceptionHandler {

  static final int FAILED = 1;
  private static final int UNREACHABLE = 3;
  private static final int INTERRUPTED = 130;

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) throws Exception {
    return switch (failure) {
      case HubRefusal refused -> say(commandLine, String.valueOf(refused.getMessage()), FAILED);
      case ConnectException e -> unreachable(commandLine);
      case UnknownHostException e -> unreachable(commandLine);
      case UnresolvedAddressException e -> unreachable(commandLine);
      case HttpTimeoutException e ->
          say(
              commandLine,
              "The hub%s did not answer in time; 'serai health' may say why."
                  .formatted(at(commandLine)),
              UNREACHABLE);
      case InterruptedException e -> INTERRUPTED;
      case NoSuchFileException e -> say(commandLine, "There is no file " + e.getMessage(), FAILED);
      case IOException e -> say(commandLine, String.valueOf(e.getMessage()), UNREACHABLE);
      case IllegalArgumentException e ->
          say(commandLine, String.valueOf(e.getMessage()), CommandLine.ExitCode.USAGE);
      default -> throw failure;
    };
  }

  private static int unreachable(CommandLine commandLine) {
    return say(
        commandLine,
        "The hub%s can't be reached; is it running? Another one is named by --url or SERAI_URL."
            .formatted(at(commandLine)),
        UNREACHABLE);
  }

  private static String at(CommandLine commandLine) {
    OptionSpec url = commandLine.getCommandSpec().findOption("--url");
    return url == null ? "" : " at " + url.getValue();
  }

  private static int say(CommandLine commandLine, String message, int exitCode) {
    commandLine.getErr().println("serai: " + message);
    return exitCode;
  }
}
