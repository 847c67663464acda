package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    description = "Lists deliveries that were given up, and tries, edits or discards them.")
final class DeadLettersCommand extends CommandGroup {

  private static final String PATH = "/api/v1/dead-letters";

  @Command(
      name = "list",
      description = "Lists dead letters, those that died last first.",
      mixinStandardHelpOptions = true)
  void list(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Mixin DeadLetterFilter filter,
      @Mixin Paging paging)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = filter.query();
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("EVENT", Output.text("event_id"));
    columns.put("SUBSCRIPTION", Output.text("subscription"));
    columns.put("TYPE", Output.text("type"));
    columns.put("CAUSE", Output.text("cause"));
    columns.put("ATTEMPTS", Output.text("attempts"));
    columns.put("DIED", Output.text("finished_at"));
    paging.print(api, output, PATH, "dead_letters", query, columns);
  }

  @Command(
      name = "causes",
      description = "Counts dead letters by cause and subscription.",
      mixinStandardHelpOptions = true)
  void causes(@Mixin ApiClient api, @Mixin Output output, @Mixin DeadLetterFilter filter)
      throws IOException, InterruptedException {
    JsonNode answer = api.get(PATH + "/causes", filter.query());
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("SUBSCRIPTION", Output.text("subscription"));
    columns.put("CAUSE", Output.text("cause"));
    columns.put("COUNT", Output.text("count"));
    columns.put("FIRST", Output.text("first"));
    columns.put("LAST", Output.text("last"));
    output.table(answer, answer.path("causes"), columns);
  }

  @Command(
      name = "retry",
      description = "Tries one again, or all that match a filter, with all their attempts.",
      mixinStandardHelpOptions = true)
  int retry(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Mixin ReplayOptions options,
      @Option(names = "--subscription", description = "Only of this subscription.")
          @Nullable String only,
      @Parameters(paramLabel = "EVENT", arity = "0..1", description = "The event's id, to try one.")
          @Nullable String event,
      @Parameters(paramLabel = "SUBSCRIPTION", arity = "0..1", description = "Its route's id.")
          @Nullable String subscription)
      throws IOException, InterruptedException {
    ObjectNode request = options.request();
    ReplayOptions.put(request, "subscription", only);
    if (event == null) {
      byte[] body = ApiClient.JSON.writeValueAsBytes(request);
      return new ReplayProgress(api, output)
          .started(api.post(PATH + "/retry", Map.of(), body), options.watch);
    }
    if (subscription == null || !request.isEmpty()) {
      throw new IllegalArgumentException(
          "To try one again give EVENT and SUBSCRIPTION, and no other option");
    }
    output.show(api.post(one(event, subscription, "retry"), Map.of(), null));
    return 0;
  }

  @Command(
      name = "edit",
      description = {
        "Delivers another body in place of a dead letter's, as an event of its own.",
        "The body as it was: serai events body EVENT > FILE"
      },
      mixinStandardHelpOptions = true)
  void edit(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "EVENT", description = "The event's id.") String event,
      @Parameters(paramLabel = "SUBSCRIPTION", description = "The route's id.") String subscription,
      @Option(names = "--body", required = true, paramLabel = "FILE", description = "The new body.")
          Path body,
      @Option(names = "--reason", defaultValue = "", description = "Why; kept in the record.")
          String reason)
      throws IOException, InterruptedException {
    output.show(
        api.post(
            one(event, subscription, "edit"), Map.of("reason", reason), Files.readAllBytes(body)));
  }

  @Command(
      name = "discard",
      description = "Takes one from the list for good.",
      mixinStandardHelpOptions = true)
  void discard(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "EVENT", description = "The event's id.") String event,
      @Parameters(paramLabel = "SUBSCRIPTION", description = "The route's id.") String subscription,
      @Option(names = "--reason", required = true, description = "Why it is not needed.")
          String reason)
      throws IOException, InterruptedException {
    output.show(api.post(one(event, subscription, "discard"), Map.of("reason", reason), null));
  }

  private static String one(String event, String subscription, String what) {
    return "%s/%s/%s/%s"
        .formatted(PATH, ApiClient.encode(event), ApiClient.encode(subscription), what);
  }
}
