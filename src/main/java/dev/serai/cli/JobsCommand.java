package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
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
    name = "jobs",
    mixinStandardHelpOptions = true,
    description = "Lists jobs with their slots; runs, pauses and resumes them, and fills in slots.")
final class JobsCommand extends CommandGroup {

  private static final String PATH = "/api/v1/jobs";

  @Command(name = "list", description = "Lists jobs.", mixinStandardHelpOptions = true)
  void list(@Mixin ApiClient api, @Mixin Output output) throws IOException, InterruptedException {
    JsonNode answer = api.get(PATH, Map.of());
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("NAME", Output.text("name"));
    columns.put("STATE", row -> row.path("live").asBoolean() ? row.path("state").asText() : "gone");
    columns.put("SCHEDULE", row -> row.at("/plan/schedule").asText("on request"));
    columns.put("NEXT", row -> row.at("/next_slots/0").asText("-"));
    columns.put("OPEN", Output.text("open_runs"));
    columns.put("LAST RUN", row -> row.at("/last_run/slot").asText("-"));
    columns.put("WAS", row -> row.at("/last_run/state").asText("-"));
    columns.put("ALERTS", JobsCommand::alerts);
    output.table(answer, answer.path("jobs"), columns);
  }

  @Command(
      name = "show",
      description = "Shows a job with its next ten slots.",
      mixinStandardHelpOptions = true)
  void show(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The job.") String name)
      throws IOException, InterruptedException {
    output.show(api.get(job(name), Map.of()));
  }

  @Command(name = "run", description = "Makes a run now.", mixinStandardHelpOptions = true)
  void run(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The job.") String name,
      @Option(names = "-p", paramLabel = "NAME=VALUE", description = "A parameter of the run.")
          @Nullable Map<String, String> parameters,
      @Option(names = "--key", description = "A second run with this key is not made.")
          @Nullable String key)
      throws IOException, InterruptedException {
    ObjectNode body = body(parameters);
    body.put("key", key);
    output.show(api.post(job(name) + "/run", Map.of(), ApiClient.JSON.writeValueAsBytes(body)));
  }

  @Command(
      name = "backfill",
      description = "Makes runs of the slots of a range; they wait for one another.",
      mixinStandardHelpOptions = true)
  void backfill(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The job.") String name,
      @Option(
              names = "--from",
              required = true,
              description = "First time of the range (RFC 3339).")
          String from,
      @Option(names = "--to", required = true, description = "The time before which it ends.")
          String to,
      @Option(
              names = "--reprocess",
              defaultValue = "none",
              description =
                  "none: only slots without a run; failed: also those none of whose runs is done;"
                      + " all: every slot. Default: none.")
          String reprocess,
      @Option(names = "-p", paramLabel = "NAME=VALUE", description = "A parameter of the runs.")
          @Nullable Map<String, String> parameters,
      @Option(names = "--dry-run", description = "Only list the slots.") boolean dryRun)
      throws IOException, InterruptedException {
    ObjectNode body = body(parameters);
    body.put("from", from).put("to", to).put("reprocess", reprocess).put("dry_run", dryRun);
    output.show(
        api.post(job(name) + "/backfill", Map.of(), ApiClient.JSON.writeValueAsBytes(body)));
  }

  @Command(
      name = "pause",
      description = "Makes no more runs of it by the clock.",
      mixinStandardHelpOptions = true)
  void pause(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The job.") String name,
      @Option(names = "--reason", defaultValue = "", description = "Shown in the listing.")
          String reason)
      throws IOException, InterruptedException {
    output.show(api.post(job(name) + "/pause", Map.of("reason", reason), null));
  }

  @Command(
      name = "resume",
      description = "Goes on with the next slot; those of the pause are left out.",
      mixinStandardHelpOptions = true)
  void resume(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The job.") String name)
      throws IOException, InterruptedException {
    output.show(api.post(job(name) + "/resume", Map.of(), null));
  }

  private static String alerts(JsonNode row) {
    List<String> causes =
        row.path("alerts").valueStream().map(alert -> alert.path("cause").asText()).toList();
    return causes.isEmpty() ? "-" : String.join(",", causes);
  }

  private static ObjectNode body(@Nullable Map<String, String> parameters) {
    ObjectNode body = ApiClient.JSON.createObjectNode();
    ObjectNode values = body.putObject("parameters");
    if (parameters != null) {
      parameters.forEach(values::put);
    }
    return body;
  }

  private static String job(String name) {
    return PATH + "/" + ApiClient.encode(name);
  }
}
