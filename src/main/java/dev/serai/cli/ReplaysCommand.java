package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    name = "replays",
    mixinStandardHelpOptions = true,
    description = "Delivers many events again, and shows how far that is.")
final class ReplaysCommand extends CommandGroup {

  @Command(
      name = "list",
      description = "Lists replays, the latest first.",
      mixinStandardHelpOptions = true)
  void list(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Option(names = "--state", description = "Only these: running, done, cancelled or failed.")
          @Nullable String state,
      @Mixin Paging paging)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("state", state);
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("ID", Output.text("id"));
    columns.put("STARTED", Output.text("started_at"));
    columns.put("STATE", Output.text("state"));
    columns.put("DONE", ReplayProgress::percent);
    columns.put("MATCHED", Output.text("matched"));
    columns.put("REPLAYED", Output.text("replayed"));
    columns.put("SKIPPED", Output.text("skipped"));
    columns.put("SUBSCRIPTION", Output.text("subscription"));
    columns.put("WHO", Output.text("who"));
    columns.put("FILTER", row -> row.path("filter").toString());
    paging.print(api, output, "/api/v1/replays", "replays", query, columns);
  }

  @Command(name = "show", description = "Shows a replay.", mixinStandardHelpOptions = true)
  void show(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "The replay's id.") String id)
      throws IOException, InterruptedException {
    output.show(api.get("/api/v1/replays/" + ApiClient.encode(id), Map.of()));
  }

  @Command(
      name = "start",
      description = "Delivers the events that match a filter again.",
      mixinStandardHelpOptions = true)
  int start(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Mixin ReplayOptions options,
      @Option(
              names = "--state",
              description = "Only deliveries in this state: done, dead, cancelled, skipped, ready.")
          @Nullable String state,
      @Option(
              names = "--subscription",
              description = "Only to this subscription. To all that match, if missing.")
          @Nullable String subscription)
      throws IOException, InterruptedException {
    ObjectNode request = options.request();
    ReplayOptions.put(request, "state", state);
    ReplayOptions.put(request, "subscription", subscription);
    JsonNode answer =
        api.post("/api/v1/replays", Map.of(), ApiClient.JSON.writeValueAsBytes(request));
    return new ReplayProgress(api, output).started(answer, options.watch);
  }

  @Command(
      name = "watch",
      description = "Shows how far a replay is until it ends; exit code 1 unless it is done.",
      mixinStandardHelpOptions = true)
  int watch(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "The replay's id.") String id)
      throws IOException, InterruptedException {
    return new ReplayProgress(api, output).watch(id);
  }

  @Command(
      name = "cancel",
      description = "Stops a replay: nothing more is made ready.",
      mixinStandardHelpOptions = true)
  void cancel(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "The replay's id.") String id)
      throws IOException, InterruptedException {
    output.show(api.post("/api/v1/replays/" + ApiClient.encode(id) + "/cancel", Map.of(), null));
  }
}
