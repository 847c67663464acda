package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "warm-up",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a running hub rehearse signed requests until they get no quicker.",
      "",
      "Rehearsed requests take the way of real ones into transactions that are rolled back; nothing"
          + " of them stays. They take from the hub what it could give to others, so do it before"
          + " traffic is sent to it."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:the latency has settled",
      " 1:it was still falling after --at-most, or the hub refused",
      " 2:wrong usage",
      " 3:the hub can't be reached"
    })
final class WarmUpCommand implements Callable<Integer> {

  @Mixin private ApiClient api;
  @Mixin private Output output;

  @Option(
      names = "--round",
      paramLabel = "TIME",
      defaultValue = "5s",
      converter = DurationConverter.class,
      description = "Length of a round (at most 30s). Default: 5s.")
  private Duration round = Duration.ZERO;

  @Option(
      names = "--at-most",
      paramLabel = "TIME",
      defaultValue = "1m",
      converter = DurationConverter.class,
      description = "Give up after so long. Default: 1m.")
  private Duration atMost = Duration.ZERO;

  @Option(
      names = "--tolerance",
      paramLabel = "PERCENT",
      defaultValue = "10",
      description = "Settled: the p95 of a round is no further below that of the one before it.")
  private int tolerance;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("REQUESTS", Output.text("requests"));
    columns.put("RATE /s", decimal("per_second"));
    columns.put("P50 MS", decimal("p50_millis"));
    columns.put("P95 MS", decimal("p95_millis"));
    columns.put("P99 MS", decimal("p99_millis"));
    Table table = new Table(output.out(), columns);
    ArrayNode rounds = ApiClient.JSON.createArrayNode();
    boolean settled = false;
    long end = System.nanoTime() + atMost.toNanos();
    double before = Double.MAX_VALUE;
    while (!settled && System.nanoTime() < end) {
      JsonNode answer =
          api.post("/api/v1/warm-up", Map.of("duration", round.toMillis() + "ms"), null);
      rounds.add(answer);
      if (!output.json) {
        table.print(List.of(answer));
      }
      double now = answer.path("p95_millis").asDouble();
      settled = now >= before * (1 - tolerance / 100.0);
      before = now;
    }
    if (output.json) {
      ObjectNode result = ApiClient.JSON.createObjectNode().put("settled", settled);
      output.show(result.set("rounds", rounds));
    } else {
      output.out().println(settled ? "Settled" : "Still getting quicker after " + atMost);
    }
    return settled ? 0 : FailureReport.FAILED;
  }

  private static Function<JsonNode, String> decimal(String member) {
    return row -> String.format(Locale.ROOT, "%.1f", row.path(member).asDouble());
  }
}
