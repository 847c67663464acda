package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Prints what is said about replays. */
final class ReplayProgress {

  private static final long INTERVAL_MILLIS = 500;

  private final ApiClient api;
  private final Output output;

  ReplayProgress(ApiClient api, Output output) {
    this.api = api;
    this.output = output;
  }

  /** Prints what a request for a replay was answered; returns the exit code. */
  int started(JsonNode answer, boolean watch) throws IOException, InterruptedException {
    if (answer.path("dry_run").asBoolean()) {
      estimate(answer);
      return 0;
    }
    if (watch) {
      return watch(answer.path("id").asText());
    }
    if (output.json) {
      output.show(answer);
    } else {
      String id = answer.path("id").asText();
      output.out().printf("Replay %s has begun. See: serai replays watch %s%n", id, id);
    }
    return 0;
  }

  private void estimate(JsonNode answer) throws IOException {
    if (answer.has("skipped")) {
      if (output.json) {
        output.show(answer);
      } else {
        output.out().printf("%s deliveries would be skipped.%n", answer.path("skipped").asLong());
      }
      return;
    }
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("SUBSCRIPTION", Output.text("subscription"));
    columns.put("TYPE", Output.text("type"));
    columns.put("DELIVERIES", Output.text("deliveries"));
    output.table(answer, answer.path("subscriptions"), columns);
    if (!output.json) {
      output
          .out()
          .printf(
              "%s deliveries of %s events, received from %s to %s. Nothing was done.%n",
              answer.path("deliveries").asLong(),
              answer.path("events").asLong(),
              answer.path("first_received_at").asText("-"),
              answer.path("last_received_at").asText("-"));
    }
  }

  /** Shows a replay until it ends; exit code 0 when it is done. */
  int watch(String id) throws IOException, InterruptedException {
    while (true) {
      JsonNode replay = api.get("/api/v1/replays/" + ApiClient.encode(id), Map.of());
      boolean running = replay.path("state").asText().equals("running");
      if (!output.json) {
        // One line that is written over, and stays when it ends.
        output.out().print("\r" + line(replay) + (running ? "" : System.lineSeparator()));
        output.out().flush();
      } else if (!running) {
        output.show(replay);
      }
      if (!running) {
        return replay.path("state").asText().equals("done") ? 0 : FailureReport.FAILED;
      }
      TimeUnit.MILLISECONDS.sleep(INTERVAL_MILLIS);
    }
  }

  private static String line(JsonNode replay) {
    String waiting =
        replay.hasNonNull("waiting_for")
            ? ", waits for " + replay.path("waiting_for").asText()
            : replay.hasNonNull("error") ? ", " + replay.path("error").asText() : "";
    String text =
        "%s %s: %s of %s events, %s delivered again, %s left alone%s"
            .formatted(
                replay.path("state").asText(),
                percent(replay),
                replay.path("matched").asLong(),
                replay.path("total").asText("?"),
                replay.path("replayed").asLong(),
                replay.path("skipped").asLong(),
                waiting);
    return text + " ".repeat(Math.max(0, 78 - text.length()));
  }

  static String percent(JsonNode replay) {
    return replay.hasNonNull("progress")
        ? Math.round(100 * replay.path("progress").asDouble()) + "%"
        : "-";
  }
}
