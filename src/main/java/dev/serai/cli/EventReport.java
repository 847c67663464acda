package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Where an event is, for people. */
final class EventReport {

  private EventReport() {}

  static void print(JsonNode event, Output output) {
    output.members(event);
    if (event.path("deliveries").isEmpty()) {
      output.out().println("No subscription takes it.");
      return;
    }
    output.out().println();
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("SUBSCRIPTION", Output.text("subscription"));
    columns.put("STATE", Output.text("state"));
    columns.put("ATTEMPTS", Output.text("attempts"));
    columns.put("DUE", Output.text("due_at"));
    columns.put("FINISHED", Output.text("finished_at"));
    columns.put("CAUSE", Output.text("cause"));
    new Table(output.out(), columns).print(event.path("deliveries"));
    event.path("deliveries").forEach(delivery -> failures(delivery, output));
  }

  private static void failures(JsonNode delivery, Output output) {
    if (delivery.path("failed_attempts").isEmpty()) {
      return;
    }
    output.out().printf("%nFailed attempts of %s%n", delivery.path("subscription").asText());
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("ATTEMPT", Output.text("attempt"));
    columns.put("ENDED", Output.text("ended_at"));
    columns.put("CAUSE", Output.text("cause"));
    columns.put("RETRY", Output.text("retry_at"));
    columns.put("DETAIL", Output.text("detail"));
    new Table(output.out(), columns).print(delivery.path("failed_attempts"));
  }
}
