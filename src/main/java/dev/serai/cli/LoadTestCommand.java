package dev.serai.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "load-test",
    mixinStandardHelpOptions = true,
    description = {
      "Posts signed Stripe invoice.paid events of 1.3 KB with unique ids, then asks the hub for"
          + " each acknowledged one whether it was handled."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:all were acknowledged and handled",
      " 1:a request was refused or an acknowledged event is not handled",
      " 2:wrong usage",
      " 3:the hub can't be reached"
    })
final class LoadTestCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;
  @Mixin private ApiClient api;
  @Mixin private StripeLoad load;

  @Option(
      names = "--duration",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "How long to post. Default: 30s.")
  private Duration duration;

  @Option(
      names = "--warm-up",
      defaultValue = "0s",
      converter = DurationConverter.class,
      description = "How long to post before, without counting. Default: 0s.")
  private Duration warmUp;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "Requests a second; as many as come back, if 0. Default: 0.")
  private int rate;

  @Option(
      names = "--wait",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description = "How long to wait for the backlog to be handled; 0s to skip the check.")
  private Duration wait;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    if (!warmUp.isZero()) {
      progress.println("warming up");
      load.run(api, warmUp, rate, progress);
    }
    LoadRun run = load.run(api, duration, rate, progress);
    out.printf(
        Locale.ROOT,
        "acknowledged %d in %s over %d connections: %.0f/s, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms,"
            + " max %.1f ms%n",
        run.acknowledged().size(),
        duration,
        load.connections(),
        run.perSecond(),
        run.millis(50),
        run.millis(95),
        run.millis(99),
        run.millis(100));
    run.refused()
        .forEach(
            (status, count) -> out.printf(Locale.ROOT, "refused with %d: %d%n", status, count));
    boolean allHandled = wait.isZero() || check(run, out, progress);
    return run.refused().isEmpty() && allHandled ? 0 : FailureReport.FAILED;
  }

  private boolean check(LoadRun run, PrintWriter out, PrintWriter progress)
      throws IOException, InterruptedException {
    HandledCheck check = new HandledCheck(api, run.acknowledged());
    long missing = check.run(StripeLoad.TYPE, wait, progress);
    out.printf(
        Locale.ROOT,
        "handled %d of %d, from the first receipt to the last record %.0f/s; each p50 %.0f ms, p95"
            + " %.0f ms, p99 %.0f ms%n",
        run.acknowledged().size() - missing,
        run.acknowledged().size(),
        check.perSecond(),
        check.millis(50),
        check.millis(95),
        check.millis(99));
    return missing == 0;
  }
}
