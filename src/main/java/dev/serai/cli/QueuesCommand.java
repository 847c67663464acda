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
    name = "queues",
    mixinStandardHelpOptions = true,
    description = "Lists queues and shows what is in them; puts jobs there, and clears them.")
final class QueuesCommand extends CommandGroup {

  private static final String PATH = "/api/v1/queues";

  @Command(
      name = "list",
      description = "Lists queues with their lengths.",
      mixinStandardHelpOptions = true)
  void list(@Mixin ApiClient api, @Mixin Output output) throws IOException, InterruptedException {
    JsonNode answer = api.get(PATH, Map.of());
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("NAME", Output.text("name"));
    columns.put("WAITING", Output.text("waiting"));
    columns.put("DELAYED", Output.text("delayed"));
    columns.put("PROCESSING", Output.text("processing"));
    columns.put("FAILED", Output.text("failed"));
    columns.put("OLDEST DUE", Output.text("oldest_due_at"));
    columns.put("PAUSED", Output.text("paused"));
    output.table(answer, answer.path("queues"), columns);
  }

  @Command(
      name = "show",
      description = "Shows the jobs that would be handed out next, or one job.",
      mixinStandardHelpOptions = true)
  void show(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The queue.") String name,
      @Parameters(
              paramLabel = "JOB",
              arity = "0..1",
              description = "A job's id. Without one: those that come next.")
          @Nullable String job,
      @Option(names = "--limit", defaultValue = "10", description = "At most so many (1 to 100).")
          int limit)
      throws IOException, InterruptedException {
    if (job != null) {
      output.show(api.get(queue(name) + "/jobs/" + ApiClient.encode(job), Map.of()));
      return;
    }
    JsonNode answer = api.get(queue(name) + "/peek", Map.of("limit", limit));
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("ID", Output.text("id"));
    columns.put("PRIORITY", Output.text("priority"));
    columns.put("DUE", Output.text("due_at"));
    columns.put("ATTEMPTS", Output.text("attempts"));
    columns.put("WORKSPACE", Output.text("workspace"));
    columns.put("SUBJECT", Output.text("subject"));
    output.table(answer, answer.path("jobs"), columns);
  }

  @Command(
      name = "put",
      description = "Puts a job into a queue, which is made if there is none.",
      mixinStandardHelpOptions = true)
  void put(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The queue.") String name,
      @Parameters(paramLabel = "DATA", description = "The job's data, JSON.") String data,
      @Option(names = "--priority", description = "0 to 9; a higher one is handed out first.")
          @Nullable Integer priority,
      @Option(names = "--delay-seconds", description = "How long until it is handed out.")
          @Nullable Long delaySeconds,
      @Option(names = "--key", description = "A second job with this key is not taken.")
          @Nullable String key,
      @Option(names = "--workspace", description = "The tenant it belongs to.")
          @Nullable String workspace,
      @Option(names = "--subject", description = "What it is about.") @Nullable String subject)
      throws IOException, InterruptedException {
    ObjectNode job = ApiClient.JSON.createObjectNode();
    job.set("data", ApiClient.JSON.readTree(data));
    job.put("priority", priority);
    job.put("delay_seconds", delaySeconds);
    job.put("key", key);
    job.put("workspace", workspace);
    job.put("subject", subject);
    output.show(api.post(queue(name) + "/jobs", Map.of(), ApiClient.JSON.writeValueAsBytes(job)));
  }

  @Command(
      name = "clear",
      description = "Takes out all jobs that wait for a worker or for their time.",
      mixinStandardHelpOptions = true)
  void clear(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The queue.") String name,
      @Option(names = "--reason", description = "Why; kept with each job.") @Nullable String reason)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("reason", reason);
    output.show(api.delete(queue(name) + "/jobs" + ApiClient.query(query)));
  }

  private static String queue(String name) {
    return PATH + "/" + ApiClient.encode(name);
  }
}
