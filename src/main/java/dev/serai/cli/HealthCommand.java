package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
    name = "health",
    mixinStandardHelpOptions = true,
    description = "Says how the hub is; exit code 1 when it is down.")
final class HealthCommand implements Callable<Integer> {

  private static final Set<String> WELL = Set.of("UP", "DEGRADED");

  @Mixin private ApiClient api;
  @Mixin private Output output;

  @Override
  public Integer call() throws IOException, InterruptedException {
    JsonNode health = api.health();
    if (output.json) {
      output.show(health);
    } else {
      output.out().println(health.path("status").asText("unknown"));
      health
          .path("components")
          .properties()
          .forEach(
              part ->
                  output
                      .out()
                      .printf(
                          "  %-16s %-9s %s%n",
                          part.getKey(),
                          part.getValue().path("status").asText(),
                          part.getValue().path("details").toString()));
    }
    return WELL.contains(health.path("status").asText()) ? 0 : FailureReport.FAILED;
  }
}
