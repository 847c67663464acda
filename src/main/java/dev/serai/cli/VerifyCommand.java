package dev.serai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Says whether the hub would accept a request, and why not; exit code 1 if not.",
      "",
      "The file has a JSON object with headers, body (or body_b64), and what is not given as an"
          + " option: scheme, secrets, now, tolerance."
    })
final class VerifyCommand implements Callable<Integer> {

  @Mixin private ApiClient api;
  @Mixin private Output output;

  @Parameters(paramLabel = "FILE", description = "The request.")
  private Path file;

  @Option(
      names = "--source",
      description = "Judge with the scheme, secrets and tolerance of this source of the hub.")
  private @Nullable String source;

  @Option(
      names = "--now",
      description = "Judge at this time: seconds since the epoch, or RFC 3339.")
  private @Nullable String now;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ObjectNode request = request();
    if (source != null) {
      request.put("source", source);
      request.remove("scheme");
    }
    if (now != null && now.matches("\\d+")) {
      request.put("now", Long.parseLong(now));
    } else if (now != null) {
      request.put("now", now);
    }
    JsonNode answer =
        api.post("/api/v1/verify", Map.of(), ApiClient.JSON.writeValueAsBytes(request));
    boolean accepted = answer.path("verdict").asText().equals("accept");
    if (output.json) {
      output.show(answer);
    } else {
      output
          .out()
          .printf(
              "%s%s: %s%n",
              answer.path("verdict").asText(),
              accepted ? "" : " (" + answer.path("cause").asText() + ")",
              answer.path("explanation").asText());
    }
    return accepted ? 0 : FailureReport.FAILED;
  }

  private ObjectNode request() throws IOException {
    try {
      if (ApiClient.JSON.readTree(Files.readAllBytes(file)) instanceof ObjectNode request) {
        return request;
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " has no JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException(file + " has no JSON object");
  }
}
