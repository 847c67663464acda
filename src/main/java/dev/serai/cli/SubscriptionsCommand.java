package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "subscriptions",
    mixinStandardHelpOptions = true,
    description = "Lists subscriptions with their backlog; pauses, resumes and moves them.")
final class SubscriptionsCommand extends CommandGroup {

  @Command(name = "list", description = "Lists subscriptions.", mixinStandardHelpOptions = true)
  void list(@Mixin ApiClient api, @Mixin Output output) throws IOException, InterruptedException {
    JsonNode answer = api.get("/api/v1/subscriptions", Map.of());
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("NAME", Output.text("name"));
    columns.put("STATE", Output.text("state"));
    columns.put("BREAKER", row -> row.path("breaker").path("state").asText("-"));
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

  @Command(
      name = "close-breaker",
      description = "Lets its deliveries go on although its receiver was down.",
      mixinStandardHelpOptions = true)
  void closeBreaker(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The route's id.") String name)
      throws IOException, InterruptedException {
    output.show(
        api.post(
            "/api/v1/subscriptions/" + ApiClient.encode(name) + "/close-breaker", Map.of(), null));
  }

  @Command(
      name = "seek",
      description = {
        "Moves it to a time: back, and all events from then on are delivered again;",
        "to now or a time to come, and what waits and is due before is skipped."
      },
      mixinStandardHelpOptions = true)
  int seek(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The route's id.") String name,
      @Option(names = "--to", required = true, description = "now, or a time (RFC 3339).")
          String to,
      @Option(names = "--rate", description = "Deliveries a second. Default: serai.replays.rate.")
          @Nullable Integer rate,
      @Option(names = "--dry-run", description = "Only count.") boolean dryRun,
      @Option(names = "--reason", description = "Why; kept in the record.") @Nullable String reason,
      @Option(names = "--watch", description = "Show how far it is until it ends.") boolean watch)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("to", to);
    query.put("rate", rate);
    query.put("dry_run", dryRun ? true : null);
    query.put("reason", reason);
    JsonNode answer =
        api.post("/api/v1/subscriptions/" + ApiClient.encode(name) + "/seek", query, null);
    return new ReplayProgress(api, output).started(answer, watch);
  }
}
