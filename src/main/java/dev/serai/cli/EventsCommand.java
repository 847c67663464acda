package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "events",
    mixinStandardHelpOptions = true,
    description = "Lists and shows events, and delivers them again.")
final class EventsCommand extends CommandGroup {

  @Command(
      name = "list",
      description = "Lists events, the newest first.",
      mixinStandardHelpOptions = true)
  void list(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Option(names = "--source", description = "Only of this source.") @Nullable String source,
      @Option(names = "--type", description = "Only of this type.") @Nullable String type,
      @Option(names = "--key", description = "Only with this dedupe key, e.g. a Stripe event id.")
          @Nullable String key,
      @Option(names = "--workspace", description = "Only of this workspace.")
          @Nullable String workspace,
      @Option(
              names = "--state",
              description = "Only with a delivery in this state: ready, running, done, dead, ...")
          @Nullable String state,
      @Option(names = "--from", description = "Only received at or after this time (RFC 3339).")
          @Nullable String from,
      @Option(names = "--to", description = "Only received before this time (RFC 3339).")
          @Nullable String to,
      @Mixin Paging paging)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("source", source);
    query.put("type", type);
    query.put("key", key);
    query.put("workspace", workspace);
    query.put("state", state);
    query.put("from", from);
    query.put("to", to);
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("ID", Output.text("id"));
    columns.put("RECEIVED", Output.text("received_at"));
    columns.put("TYPE", Output.text("type"));
    columns.put("SUBJECT", Output.text("subject"));
    columns.put("KEY", Output.text("key"));
    columns.put("DELIVERIES", EventsCommand::deliveries);
    paging.print(api, output, "/api/v1/events", "events", query, columns);
  }

  private static String deliveries(JsonNode event) {
    Map<String, Integer> states = new LinkedHashMap<>();
    event
        .path("deliveries")
        .forEach(delivery -> states.merge(delivery.path("state").asText(), 1, Integer::sum));
    return states.isEmpty() ? "-" : states.toString().replaceAll("[{}]", "");
  }

  @Command(
      name = "show",
      description = "Shows where an event is: deliveries, attempts, duplicates.",
      mixinStandardHelpOptions = true)
  void show(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "The hub's id of it.") String id)
      throws IOException, InterruptedException {
    JsonNode event = api.get("/api/v1/events/" + ApiClient.encode(id), Map.of());
    if (output.json) {
      output.show(event);
    } else {
      EventReport.print(event, output);
    }
  }

  @Command(
      name = "body",
      description = "Prints the body of an event as it was received.",
      mixinStandardHelpOptions = true)
  void body(
      @Mixin ApiClient api,
      @Parameters(paramLabel = "ID", description = "The hub's id of it.") String id)
      throws IOException, InterruptedException {
    OutputStream out = System.out;
    out.write(api.bytes("/api/v1/events/" + ApiClient.encode(id) + "/body"));
    out.flush();
  }

  @Command(
      name = "replay",
      description = "Delivers an event again.",
      mixinStandardHelpOptions = true)
  void replay(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "ID", description = "The hub's id of it.") String id,
      @Option(
              names = "--subscription",
              description = "Only to this subscription. To all that match it, if missing.")
          @Nullable String subscription,
      @Option(names = "--reason", description = "Why; kept in the record.") @Nullable String reason)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("subscription", subscription);
    query.put("reason", reason);
    JsonNode answer = api.post("/api/v1/events/" + ApiClient.encode(id) + "/replay", query, null);
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("SUBSCRIPTION", Output.text("subscription"));
    columns.put("STATE", Output.text("state"));
    output.table(answer, answer.path("deliveries"), columns);
  }
}
