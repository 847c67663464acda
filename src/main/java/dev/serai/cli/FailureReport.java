package dev.serai.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** One line about what failed, and the exit code that says the same to a script. */
final class FailureReport implements IExecutionExceptionHandler {

  static final int FAILED = 1;
  private static final int UNREACHABLE = 3;

  @Override
  public int handleExecutionException(
      Exception failure, CommandLine commandLine, ParseResult parsed) throws Exception {
    return switch (failure) {
      case ApiClient.RefusedException refused ->
          say(commandLine, String.valueOf(refused.getMessage()), FAILED);
      case ConnectException e ->
          say(commandLine, "The hub can't be reached; is it running? See --url.", UNREACHABLE);
      case HttpTimeoutException e ->
          say(commandLine, "The hub did not answer in time.", UNREACHABLE);
      case NoSuchFileException e -> say(commandLine, "There is no file " + e.getMessage(), FAILED);
      case IOException e -> say(commandLine, String.valueOf(e.getMessage()), UNREACHABLE);
      case IllegalArgumentException e ->
          say(commandLine, String.valueOf(e.getMessage()), CommandLine.ExitCode.USAGE);
      default -> throw failure;
    };
  }

  private static int say(CommandLine commandLine, String message, int exitCode) {
    commandLine.getErr().println("serai: " + message);
    return exitCode;
  }
}
