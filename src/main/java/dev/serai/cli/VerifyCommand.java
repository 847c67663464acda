package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
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
      "Says whether the hub would accept a request, which check failed if not, and what to do.",
      "",
      "The file has the request as it goes over the wire: request line, headers, an empty line, the"
          + " body. Or it has a JSON object with headers, body (or body_b64), and what is not given"
          + " as an option: scheme, secrets, now, tolerance. The body counts byte for byte."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      " 0:the hub would accept it",
      " 1:the hub would refuse it, or refused the question",
      " 2:wrong usage, or the file has no request",
      " 3:the hub can't be reached"
    })
final class VerifyCommand implements Callable<Integer> {

  @Mixin private ApiClient api;
  @Mixin private Output output;

  @Parameters(paramLabel = "FILE", description = "The request.")
  private Path file;

  @Option(
      names = "--source",
      description =
          "Judge with the scheme, secrets and tolerance of this source of the hub. Default: the one"
              + " that the request line names.")
  private @Nullable String source;

  @Option(
      names = "--now",
      description = "Judge at this time: seconds since the epoch, or RFC 3339.")
  private @Nullable String now;

  @Override
  public Integer call() throws IOException, InterruptedException {
    RequestFile found = RequestFile.read(file);
    ObjectNode request = found.request();
    if (source != null) {
      request.put("source", source);
      request.remove("scheme");
    } else if (!request.has("scheme") && !request.has("source")) {
      request.put("source", posted(found));
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
      explain(answer, accepted, found.warning());
    }
    return accepted ? 0 : FailureReport.FAILED;
  }

  /** The source whose path the request was posted to. */
  private String posted(RequestFile found) throws IOException, InterruptedException {
    JsonNode sources = api.get("/api/v1/sources", Map.of()).path("sources");
    for (JsonNode candidate : sources) {
      if (candidate.path("path").asText().equals(found.path())) {
        return candidate.path("name").asText();
      }
    }
    throw new IllegalArgumentException(
        "%s does not say for which source it is: give --source, one of %s"
            .formatted(file, sources.findValuesAsText("name")));
  }

  private void explain(JsonNode answer, boolean accepted, @Nullable String warning) {
    String cause = answer.path("cause").asText();
    output
        .out()
        .printf(
            "%s%s: %s%n",
            answer.path("verdict").asText(),
            accepted ? "" : " (" + cause + ")",
            answer.path("explanation").asText());
    if (!accepted) {
      if (warning != null) {
        output.out().println(warning);
      }
      output.out().println(VerifyAdvice.of(cause));
    }
  }
}
