package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = "Says how the hub is, part by part.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:it is up, or degraded and --strict is not given",
      " 1:it is down, or degraded and --strict is given",
      " 2:wrong usage",
      " 3:the hub can't be reached"
    })
final class HealthCommand implements Callable<Integer> {

  @Mixin private ApiClient api;
  @Mixin private Output output;

  @Option(names = "--strict", description = "Exit code 1 also when the hub is degraded.")
  private boolean strict;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode health = api.health();
    String status = health.path("status").asText("unknown");
    if (output.json) {
      output.show(health);
    } else {
      output.out().println(Table.coloured(status));
      Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
      columns.put("PART", Output.text("part"));
      columns.put("STATUS", Output.text("status"));
      columns.put("DETAILS", part -> details(part.path("details")));
      new Table(output.out(), columns).print(parts(health));
    }
    boolean well = status.equals("UP") || status.equals("DEGRADED") && !strict;
    return well ? 0 : FailureReport.FAILED;
  }

  private static List<JsonNode> parts(JsonNode health) {
    List<JsonNode> parts = new ArrayList<>();
    health
        .path("components")
        .properties()
        .forEach(
            part -> {
              ObjectNode row = part.getValue().deepCopy();
              parts.add(row.put("part", part.getKey()));
            });
    return parts;
  }

  private static String details(JsonNode details) {
    List<String> parts = new ArrayList<>();
    details
        .properties()
        .forEach(
            detail ->
                parts.add(
                    detail.getKey()
                        + "="
                        + (detail.getValue().isValueNode()
                            ? detail.getValue().asText()
                            : detail.getValue().toString())));
    return String.join(" ", parts);
  }
}
