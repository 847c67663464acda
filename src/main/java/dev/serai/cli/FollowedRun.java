package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Makes a run of a job, tells how far it is until it ends, and then what came of it. */
final class FollowedRun {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final ApiClient api;
  private final Output output;

  FollowedRun(ApiClient api, Output output) {
    this.api = api;
    this.output = output;
  }

  /**
   * @return the exit code: 0 when the run is done and nothing was damaged
   */
  int follow(String job, Map<String, ?> parameters) throws IOException, InterruptedException {
    ObjectNode body = ApiClient.JSON.createObjectNode();
    ObjectNode values = body.putObject("parameters");
    parameters.forEach((name, value) -> values.put(name, value.toString()));
    String id =
        api.post("/api/v1/jobs/" + job + "/run", Map.of(), ApiClient.JSON.writeValueAsBytes(body))
            .path("id")
            .asText();
    String path = "/api/v1/runs/" + ApiClient.encode(id);
    int last = 0;
    String told = "";
    while (true) {
      JsonNode run = api.get(path, Map.of());
      JsonNode log = api.get(path + "/log", Map.of("after", last));
      for (JsonNode line : log.path("lines")) {
        last = line.path("number").asInt();
        lines().println(line.path("line").asText());
      }
      String message = run.path("message").asText("");
      if (!message.equals(told)) {
        told = message;
        output.progress().println(message);
      }
      if (!List.of("ready", "running").contains(run.path("state").asText())) {
        return ended(run);
      }
      Thread.sleep(LOOK_EVERY);
    }
  }

  /** Beside a result in JSON they would be in the way of whoever reads it. */
  private PrintWriter lines() {
    return output.json ? output.progress() : output.out();
  }

  private int ended(JsonNode run) throws IOException {
    if (!run.path("state").asText().equals("done")) {
      if (output.json) {
        output.show(run);
      }
      output
          .progress()
          .println(
              "serai: Run %s is %s (%s); see 'serai events show %s'"
                  .formatted(
                      run.path("id").asText(),
                      run.path("state").asText(),
                      run.path("cause").asText("-"),
                      run.path("id").asText()));
      return FailureReport.FAILED;
    }
    JsonNode result = result(run);
    if (output.json) {
      output.show(result);
    } else if (result.isTextual()) {
      output.out().println(result.asText());
    } else {
      tell("", result);
    }
    boolean whole = result.findValues("damaged").stream().allMatch(number -> number.asLong() == 0);
    return whole ? 0 : FailureReport.FAILED;
  }

  /** What a run says of itself in the end is text, or an object as JSON. */
  private static JsonNode result(JsonNode run) throws IOException {
    String text = run.path("result").asText("{}");
    return text.startsWith("{") ? ApiClient.JSON.readTree(text) : run.path("result");
  }

  private void tell(String before, JsonNode result) {
    for (Map.Entry<String, JsonNode> member : result.properties()) {
      String name = before + member.getKey().replace('_', ' ');
      if (member.getValue().isObject()) {
        tell(name + ": ", member.getValue());
      } else if (member.getValue().isArray()) {
        member.getValue().forEach(item -> output.line(name, item.asText()));
      } else {
        output.line(name, member.getValue().asText());
      }
    }
  }
}
