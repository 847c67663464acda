package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "redis",
    mixinStandardHelpOptions = true,
    description = "Says how Redis is, and looks through the hub's keys.")
final class RedisCommand extends CommandGroup {

  @Command(
      name = "info",
      description = "Says how Redis is: memory, keys, connections, latency, eviction.",
      mixinStandardHelpOptions = true)
  void info(@Mixin ApiClient api, @Mixin Output output) throws IOException, InterruptedException {
    JsonNode info = api.get("/api/v1/redis", Map.of());
    if (output.json) {
      output.show(info);
    } else {
      output.members(info);
    }
  }

  @Command(
      name = "keys",
      description = "Lists keys of the hub that have no expiry although they should.",
      mixinStandardHelpOptions = true)
  void keys(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Option(
              names = "--limit",
              defaultValue = "100",
              description = "Most keys to list, 1 to 1000. Default: 100.")
          int limit)
      throws IOException, InterruptedException {
    JsonNode report = api.get("/api/v1/redis/keys-without-ttl", Map.of("limit", limit));
    if (output.json) {
      output.show(report);
      return;
    }
    report.path("keys").forEach(key -> output.out().println(key.asText()));
    output
        .out()
        .printf(
            "%s of %s keys have no expiry and should have one; %s are meant to have none.%n",
            report.path("found").asText(),
            report.path("looked").asText(),
            report.path("lasting").asText());
  }
}
