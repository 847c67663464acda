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
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Signed Stripe events of 1.3 KB with unique ids, as load for a hub. */
final class StripeLoad {

  static final String TYPE = "stripe.invoice.paid";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "32",
      description = "Connections. Default: 32.")
  private int connections;

  @Option(
      names = "--secret",
      paramLabel = "SECRET",
      description =
          "Stripe's signing secret. Default: the first of $SERAI_STRIPE_SECRETS, else the one"
              + " generated for development under the data directory.")
  private @Nullable String secret;

  int connections() {
    return connections;
  }

  /**
   * Posts for some time.
   *
   * @param rate requests a second, or 0 for as many as come back
   */
  LoadRun run(ApiClient api, Duration length, int rate, PrintWriter progress) throws IOException {
    if (connections < 1 || rate < 0) {
      throw new ParameterException(
          spec.commandLine(),
          "--connections is %s and --rate %s; they must be 1 or more, and 0 or more"
              .formatted(connections, rate));
    }
    URI hub = URI.create(api.url);
    int port = hub.getPort() < 0 ? 80 : hub.getPort();
    LoadRequests requests =
        new LoadRequests(
            Schemes.named("stripe-v1"),
            secret(api),
            hub.getHost() + ":" + port,
            "/webhooks/stripe",
            Clock.systemUTC());
    LoadRun run =
        new LoadRun(
            new InetSocketAddress(hub.getHost(), port), connections, rate, requests, progress);
    run.run(length);
    return run;
  }

  private Secret secret(ApiClient api) throws IOException {
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
}
