package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "event-types",
    mixinStandardHelpOptions = true,
    description = "Lists the types of events, shows their schemas, and checks data by them.")
final class EventTypesCommand extends CommandGroup {

  private static final String PATH = "/api/v1/event-types";

  @Command(
      name = "list",
      description = "Lists types; exit code 1 if there are schema files that don't count.",
      mixinStandardHelpOptions = true)
  int list(@Mixin ApiClient api, @Mixin Output output) throws IOException, InterruptedException {
    JsonNode answer = api.get(PATH, Map.of());
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("TYPE", Output.text("type"));
    columns.put("VERSIONS", Output.texts("versions"));
    columns.put("MODE", Output.text("mode"));
    columns.put("OUTSIDE", Output.text("outside_mode"));
    columns.put("LAST SEEN", Output.text("last_seen_at"));
    columns.put("SUBSCRIPTIONS", Output.texts("subscriptions"));
    output.table(answer, answer.path("types"), columns);
    if (!output.json) {
      for (JsonNode problem : answer.path("problems")) {
        output
            .out()
            .printf(
                "%s:%s: %s%n",
                problem.path("file").asText(),
                problem.path("line").asText(),
                problem.path("message").asText());
      }
    }
    return answer.path("problems").isEmpty() ? 0 : FailureReport.FAILED;
  }

  @Command(
      name = "show",
      description = "Shows a type: its schemas, with examples, and who wants it.",
      mixinStandardHelpOptions = true)
  void show(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "TYPE", description = "The type, e.g. foundation.updated.")
          String type)
      throws IOException, InterruptedException {
    JsonNode answer = api.get(PATH + "/" + ApiClient.encode(type), Map.of());
    if (output.json) {
      output.show(answer);
      return;
    }
    output.members(answer.path("type"));
    output.line("subscriptions", Output.texts("subscriptions").apply(answer.path("type")));
    for (JsonNode version : answer.path("schemas")) {
      output.out().printf("%nVersion %s%n", version.path("version").asText());
      output.show(version.path("schema"));
    }
  }

  @Command(
      name = "check",
      description = "Says whether data would do for a type; exit code 1 if not.",
      mixinStandardHelpOptions = true)
  int check(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "TYPE", description = "The type, e.g. foundation.updated.")
          String type,
      @Parameters(
              paramLabel = "FILE",
              arity = "0..1",
              description = "The data, JSON. The standard input, if it is not given.")
          @Nullable Path file)
      throws IOException, InterruptedException {
    byte[] data = file == null ? System.in.readAllBytes() : Files.readAllBytes(file);
    JsonNode answer = api.post(PATH + "/" + ApiClient.encode(type) + "/check", Map.of(), data);
    boolean valid = answer.path("valid").asBoolean();
    if (output.json) {
      output.show(answer);
    } else if (valid) {
      output.out().printf("It fits %s, version %s.%n", type, answer.path("version").asText());
    } else {
      for (JsonNode violation : answer.path("violations")) {
        output.out().println(violation.path("message").asText());
      }
    }
    return valid ? 0 : FailureReport.FAILED;
  }
}
