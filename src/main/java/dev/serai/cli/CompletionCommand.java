package dev.serai.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "completion",
    mixinStandardHelpOptions = true,
    description = {
      "Prints a script that completes commands and options in a shell.",
      "",
      "It completes the word 'serai': alias serai='java -jar .../serai.jar'"
    })
final class CompletionCommand implements Callable<Integer> {

  /** What completes the argument, too. */
  static final class Shells extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Shells() {
      super(List.of("bash", "zsh"));
    }
  }

  @Spec private CommandSpec spec;

  @Parameters(
      paramLabel = "SHELL",
      completionCandidates = Shells.class,
      description = "bash or zsh.")
  private String shell = "";

  @Override
  public Integer call() {
    if (!new Shells().contains(shell)) {
      throw new ParameterException(
          spec.commandLine(), "SHELL is '%s'; it must be bash or zsh".formatted(shell));
    }
    if (shell.equals("zsh")) {
      spec.commandLine().getOut().println("autoload -Uz compinit && compinit");
    }
    spec.commandLine().getOut().println(script());
    return 0;
  }

  /**
   * The generator numbers variables in the digits of the default language, which no shell knows.
   */
  private String script() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.ROOT);
    try {
      return AutoComplete.bash("serai", spec.root().commandLine());
    } finally {
      Locale.setDefault(before);
    }
  }
}
