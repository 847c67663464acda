package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "subscriptions",
    mixinStandardHelpOptions = true,
    description = "Lists subscriptions with their backlog, and pauses and resumes them.")
final class SubscriptionsCommand extends CommandGroup {

  @Command(name = "list", description = "Lists subscriptions.", mixinStandardHelpOptions = true)
  void list(@Mixin ApiClient api, @Mixin Output output) throws IOException, InterruptedException {
    JsonNode answer = api.get("/api/v1/subscriptions", Map.of());
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("NAME", Output.text("name"));
    columns.put("STATE", Output.text("state"));
    columns.put("OPEN", Output.text("open"));
    columns.put("OLDEST DUE", Output.text("oldest_due_at"));
    columns.put("DEAD", Output.text("dead"));
    columns.put("TYPES", row -> list(row.path("types")));
    output.table(answer, answer.path("subscriptions"), columns);
  }

  private static String list(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false)
        .map(JsonNode::asText)
        .collect(Collectors.joining(","));
  }

  @Command(
      name = "pause",
      description = "Lets its deliveries wait; events are still taken.",
      mixinStandardHelpOptions = true)
  void pause(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The route's id.") String name,
      @Option(names = "--reason", defaultValue = "", description = "Shown in the listing.")
          String reason)
      throws IOException, InterruptedException {
    output.show(
        api.post(
            "/api/v1/subscriptions/" + ApiClient.encode(name) + "/pause",
            Map.of("reason", reason),
            null));
  }

  @Command(
      name = "resume",
      description = "Lets its deliveries go on.",
      mixinStandardHelpOptions = true)
  void resume(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The route's id.") String name)
      throws IOException, InterruptedException {
    output.show(
        api.post("/api/v1/subscriptions/" + ApiClient.encode(name) + "/resume", Map.of(), null));
  }
}
