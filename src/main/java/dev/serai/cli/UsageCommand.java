package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "usage",
    mixinStandardHelpOptions = true,
    description = "Shows what workspaces have used, and sets what they may use.")
final class UsageCommand extends CommandGroup {

  @Command(
      name = "show",
      description = "Shows what a workspace has used in a month.",
      mixinStandardHelpOptions = true)
  void show(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "WORKSPACE", description = "Who used it.") String workspace,
      @Option(
              names = "--period",
              description = "The month (UTC), such as 2026-11. Default: the current one.")
          @Nullable String period,
      @Option(names = "--daily", description = "By day instead of by agent.") boolean daily)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("period", period);
    JsonNode answer = api.get(path(workspace), query);
    if (!output.json) {
      output.line("period", answer.path("period").asText());
      output.line("tokens", used(answer, "tokens"));
      output.line("cost", used(answer, "cost"));
      output.out().println();
    }
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    String part = daily ? "day" : "agent";
    columns.put(daily ? "DAY" : "AGENT", Output.text(part));
    columns.put("RECORDS", Output.text("records"));
    columns.put("TOKENS", Output.text("tokens"));
    columns.put("COST", Output.text("cost"));
    output.table(answer, answer.path(part + "s"), columns);
  }

  private static String used(JsonNode answer, String measure) {
    String used = answer.path("total").path(measure).asText();
    JsonNode limit = answer.path("limits").path(measure);
    return limit.isMissingNode()
        ? used
        : "%s of %s, %s %%"
            .formatted(used, limit.asText(), answer.path(measure + "_percentage").asText());
  }

  @Command(
      name = "limits",
      description = {
        "Shows what a workspace may use in a month, or sets it.",
        "What is set replaces all limits: what is not given is free."
      },
      mixinStandardHelpOptions = true)
  void limits(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "WORKSPACE", description = "Who may use it.") String workspace,
      @Option(names = "--tokens", description = "How many.") @Nullable Long tokens,
      @Option(names = "--cost", description = "How much, a decimal number.")
          @Nullable BigDecimal cost,
      @Option(
              names = "--threshold",
              paramLabel = "PERCENT",
              split = ",",
              description = "Percent at which usage.limit-reached is emitted. Default: 80,100.")
          @Nullable List<Integer> thresholds,
      @Option(names = "--none", description = "Set no limits.") boolean none)
      throws IOException, InterruptedException {
    String path = path(workspace) + "/limits";
    boolean changes = none || tokens != null || cost != null || thresholds != null;
    output.show(changes ? api.put(path, body(tokens, cost, thresholds)) : api.get(path, Map.of()));
  }

  private static byte[] body(
      @Nullable Long tokens, @Nullable BigDecimal cost, @Nullable List<Integer> thresholds)
      throws IOException {
    ObjectNode body = ApiClient.JSON.createObjectNode();
    if (tokens != null) {
      body.put("tokens", tokens);
    }
    if (cost != null) {
      body.put("cost", cost.toPlainString());
    }
    if (thresholds != null) {
      body.set("thresholds", ApiClient.JSON.valueToTree(thresholds));
    }
    return ApiClient.JSON.writeValueAsBytes(body);
  }

  private static String path(String workspace) {
    return "/api/v1/workspaces/%s/usage".formatted(ApiClient.encode(workspace));
  }
}
