package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.time.Duration;
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
    name = "runs",
    mixinStandardHelpOptions = true,
    description = "Lists the runs of jobs, shows what they do, and ends them.")
final class RunsCommand extends CommandGroup {

  private static final String PATH = "/api/v1/runs";
  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  @Command(
      name = "list",
      description = "Lists runs, the newest first.",
      mixinStandardHelpOptions = true)
  void list(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Option(names = "--job", description = "Only of this job.") @Nullable String job,
      @Option(
              names = "--state",
              description = "Only in this state: ready, running, done, dead, cancelled or skipped.")
          @Nullable String state,
      @Option(
              names = "--kind",
              description = "Only these: scheduled, catch-up, manual or backfill.")
          @Nullable String kind,
      @Mixin Paging paging)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("state", state);
    query.put("kind", kind);
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("ID", Output.text("id"));
    columns.put("JOB", Output.text("job"));
    columns.put("SLOT", Output.text("slot"));
    columns.put("KIND", Output.text("kind"));
    columns.put("STATE", Output.text("state"));
    columns.put("ATTEMPTS", Output.text("attempts"));
    columns.put("STARTED", Output.text("started_at"));
    columns.put("RESULT", row -> row.path("result").asText(row.path("cause").asText("-")));
    String path = job == null ? PATH : "/api/v1/jobs/" + ApiClient.encode(job) + "/runs";
    paging.print(api, output, path, "runs", query, columns);
  }

  @Command(name = "show", description = "Shows a run.", mixinStandardHelpOptions = true)
  void show(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "The run.") String id)
      throws IOException, InterruptedException {
    output.show(api.get(run(id), Map.of()));
  }

  @Command(
      name = "cancel",
      description = "Ends a run: at once while it waits, soon while it is handled.",
      mixinStandardHelpOptions = true)
  void cancel(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "The run.") String id)
      throws IOException, InterruptedException {
    output.show(api.post(run(id) + "/cancel", Map.of(), null));
  }

  @Command(
      name = "logs",
      description = "Prints what a run has logged; with --json an object a line.",
      mixinStandardHelpOptions = true)
  void logs(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "The run.") String id,
      @Option(names = "--follow", description = "Go on until the run ends.") boolean follow)
      throws IOException, InterruptedException {
    int last = 0;
    boolean open = true;
    while (open) {
      JsonNode log = api.get(run(id) + "/log", Map.of("after", last));
      for (JsonNode line : log.path("lines")) {
        last = line.path("number").asInt();
        output.out().println(output.json ? line.toString() : text(line));
      }
      open = follow && List.of("ready", "running").contains(log.path("state").asText());
      if (open) {
        Thread.sleep(LOOK_EVERY);
      }
    }
  }

  private static String text(JsonNode line) {
    return String.join("  ", line.path("at").asText(), line.path("line").asText());
  }

  private static String run(String id) {
    return PATH + "/" + ApiClient.encode(id);
  }
}
