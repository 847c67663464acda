package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "benchmark",
    mixinStandardHelpOptions = true,
    description = {
      "Measures a running hub, its handlers on, as docs/performance.md tells.",
      "",
      "First as many signed events as it acknowledges (saturated), then so many a second as it"
          + " should handle at once (steady). In both each acknowledged event is looked up by its"
          + " id: when was it handled? The events stay in the hub's log."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:measured; all acknowledged events are handled",
      " 1:a request was refused or an acknowledged event is not handled",
      " 2:wrong usage",
      " 3:the hub can't be reached"
    })
final class BenchmarkCommand implements Callable<Integer> {

  @Mixin private ApiClient api;
  @Mixin private Output output;
  @Mixin private StripeLoad load;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "30s",
      converter = DurationConverter.class,
      description = "How long to post before, without counting. Default: 30s.")
  private Duration warmUp = Duration.ZERO;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "20s",
      converter = DurationConverter.class,
      description = "Length of each of the two parts. Default: 20s.")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "500",
      description = "Events a second of the steady part. Default: 500.")
  private int rate;

  @Option(
      names = "--wait",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = DurationConverter.class,
      description = "How long to wait for the backlog of each part. Default: 5m.")
  private Duration wait = Duration.ZERO;

  @Override
  public Integer call() throws IOException, InterruptedException {
    if (!warmUp.isZero()) {
      output.progress().println("warming up");
      LoadRun run = load.run(api, warmUp, 0, output.progress());
      new HandledCheck(api, run.acknowledged()).run(StripeLoad.TYPE, wait, output.progress());
    }
    ArrayNode parts = ApiClient.JSON.createArrayNode();
    parts.add(measure("saturated", 0));
    parts.add(measure("steady", rate));
    output.table(ApiClient.JSON.createObjectNode().set("parts", parts), parts, columns());
    boolean good = true;
    for (JsonNode part : parts) {
      good &= part.path("refused").asInt() == 0 && part.path("not_handled").asInt() == 0;
    }
    return good ? 0 : FailureReport.FAILED;
  }

  private ObjectNode measure(String part, int perSecond) throws IOException, InterruptedException {
    output.progress().println(part);
    LoadRun run = load.run(api, duration, perSecond, output.progress());
    HandledCheck check = new HandledCheck(api, run.acknowledged());
    long missing = check.run(StripeLoad.TYPE, wait, output.progress());
    ObjectNode result = ApiClient.JSON.createObjectNode();
    result.put("part", part).put("acknowledged", run.acknowledged().size());
    result.put("refused", run.refused().values().stream().mapToInt(Integer::intValue).sum());
    result.put("acknowledged_per_second", tenths(run.perSecond()));
    result.put("ack_p50_millis", tenths(run.millis(50)));
    result.put("ack_p95_millis", tenths(run.millis(95)));
    result.put("ack_p99_millis", tenths(run.millis(99)));
    result.put("not_handled", missing).put("handled_per_second", tenths(check.perSecond()));
    result.put("handled_p50_millis", tenths(check.millis(50)));
    result.put("handled_p95_millis", tenths(check.millis(95)));
    result.put("handled_p99_millis", tenths(check.millis(99)));
    return result;
  }

  private static double tenths(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private static Map<String, Function<JsonNode, String>> columns() {
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("PART", Output.text("part"));
    columns.put("ACKED", Output.text("acknowledged"));
    columns.put("REFUSED", Output.text("refused"));
    columns.put("ACKS/s", Output.text("acknowledged_per_second"));
    columns.put("P50 MS", Output.text("ack_p50_millis"));
    columns.put("P95 MS", Output.text("ack_p95_millis"));
    columns.put("P99 MS", Output.text("ack_p99_millis"));
    columns.put("NOT HANDLED", Output.text("not_handled"));
    columns.put("HANDLED/s", Output.text("handled_per_second"));
    columns.put("P50 MS ", Output.text("handled_p50_millis"));
    columns.put("P95 MS ", Output.text("handled_p95_millis"));
    columns.put("P99 MS ", Output.text("handled_p99_millis"));
    return columns;
  }
}
