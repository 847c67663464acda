package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "dead-letters",
    mixinStandardHelpOptions = true,
    description = "Lists deliveries that were given up, and tries them again.")
final class DeadLettersCommand extends CommandGroup {

  @Command(
      name = "list",
      description = "Lists dead letters, those that died last first.",
      mixinStandardHelpOptions = true)
  void list(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Option(names = "--subscription", description = "Only of this subscription.")
          @Nullable String subscription,
      @Option(names = "--limit", defaultValue = "20", description = "At most so many (1 to 1000).")
          int limit)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("subscription", subscription);
    query.put("limit", limit);
    JsonNode answer = api.get("/api/v1/dead-letters", query);
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("EVENT", Output.text("event_id"));
    columns.put("SUBSCRIPTION", Output.text("subscription"));
    columns.put("CAUSE", Output.text("cause"));
    columns.put("ATTEMPTS", Output.text("attempts"));
    columns.put("DIED", Output.text("finished_at"));
    output.table(answer, answer.path("dead_letters"), columns);
  }

  @Command(
      name = "retry",
      description = "Tries one again, with all its attempts.",
      mixinStandardHelpOptions = true)
  void retry(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "EVENT", description = "The event's id.") String event,
      @Parameters(paramLabel = "SUBSCRIPTION", description = "The route's id.") String subscription)
      throws IOException, InterruptedException {
    output.show(
        api.post(
            "/api/v1/dead-letters/%s/%s/retry"
                .formatted(ApiClient.encode(event), ApiClient.encode(subscription)),
            Map.of(),
            null));
  }
}
