package dev.serai.cli;

import dev.serai.webhook.LoadRequests;
import dev.serai.webhook.Schemes;
import dev.serai.webhook.Secret;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "load-test",
    mixinStandardHelpOptions = true,
    description = {
      "Posts signed Stripe invoice.paid events of 1.3 KB with unique ids, then asks the hub for"
          + " each acknowledged one whether it was handled.",
      "",
      "Exit code 1 if a request was refused or an acknowledged event is not handled."
    })
final class LoadTestCommand implements Callable<Integer> {

  private static final String TYPE = "stripe.invoice.paid";

  @Spec private CommandSpec spec;
  @Mixin private ApiClient api;

  @Option(names = "--connections", defaultValue = "32", description = "Connections. Default: 32.")
  private int connections;

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

  @Option(
      names = "--secret",
      description =
          "Stripe's signing secret. Default: the first of $SERAI_STRIPE_SECRETS, else the one"
              + " generated for development under the data directory.")
  private @Nullable String secret;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (connections < 1 || rate < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--connections is %s and --rate %s; they must be 1 or more, and 0 or more"
              .formatted(connections, rate));
    }
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter progress = spec.commandLine().getErr();
    if (!warmUp.isZero()) {
      progress.println("warming up");
      run(warmUp, progress);
    }
    LoadRun run = run(duration, progress);
    out.printf(
        Locale.ROOT,
        "acknowledged %d in %s over %d connections: %.0f/s, p50 %.1f ms, p95 %.1f ms, p99 %.1f ms,"
            + " max %.1f ms%n",
        run.acknowledged().size(),
        duration,
        connections,
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

  private LoadRun run(Duration length, PrintWriter progress) throws IOException {
    URI hub = URI.create(api.url);
    InetSocketAddress address = new InetSocketAddress(hub.getHost(), hub.getPort());
    LoadRequests requests =
        new LoadRequests(
            Schemes.named("stripe-v1"),
            secret(),
            hub.getHost() + ":" + hub.getPort(),
            "/webhooks/stripe",
            Clock.systemUTC());
    LoadRun run = new LoadRun(address, connections, rate, requests, progress);
    run.run(length);
    return run;
  }

  private boolean check(LoadRun run, PrintWriter out, PrintWriter progress)
      throws IOException, InterruptedException {
    HandledCheck check = new HandledCheck(api, run.acknowledged());
    long missing = check.run(TYPE, wait, progress);
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

  private Secret secret() throws IOException {
    String configured = secret == null ? System.getenv("SERAI_STRIPE_SECRETS") : secret;
    if (configured != null) {
      List<Secret> secrets = Secret.parse(configured);
      if (!secrets.isEmpty()) {
        return secrets.getFirst();
      }
    }
    return new Secret(
        api.dataFile(
            "secrets/stripe",
            "There is no signing secret: give --secret, set SERAI_STRIPE_SECRETS, or name with"
                + " --data-dir the folder that has secrets/stripe"),
        null);
  }

  /** Takes 90s, 5m, 1h. */
  static final class DurationConverter implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String value) {
      return DurationStyle.detectAndParse(value);
    }
  }
}
