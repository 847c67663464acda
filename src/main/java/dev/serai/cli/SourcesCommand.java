package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "sources",
    mixinStandardHelpOptions = true,
    description = "Lists the providers that post to the hub.")
final class SourcesCommand extends CommandGroup {

  private static final String PATH = "/api/v1/sources";

  @Command(
      name = "list",
      description = "Lists sources: where they post, how they are verified, whether they are open.",
      mixinStandardHelpOptions = true)
  void list(@Mixin ApiClient api, @Mixin Output output) throws IOException, InterruptedException {
    JsonNode answer = api.get(PATH, Map.of());
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("NAME", Output.text("name"));
    columns.put("PATH", Output.text("path"));
    columns.put("SCHEME", Output.text("scheme"));
    columns.put("STATE", SourcesCommand::state);
    columns.put("SECRETS", SourcesCommand::secrets);
    columns.put("LAST ACCEPTED", Output.text("last_accepted_at"));
    output.table(answer, answer.path("sources"), columns);
  }

  @Command(
      name = "show",
      description = "Shows one source and its secrets: how old they are, when they were used.",
      mixinStandardHelpOptions = true)
  void show(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "NAME", description = "The source, e.g. stripe.") String name)
      throws IOException, InterruptedException {
    JsonNode source = find(api, name);
    if (output.json) {
      output.show(source);
      return;
    }
    output.members(source);
    if (!source.path("valid_secrets").isEmpty()) {
      Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
      columns.put("FINGERPRINT", Output.text("fingerprint"));
      columns.put("EXPIRES", Output.text("expires_at"));
      columns.put("FIRST SEEN", Output.text("first_seen_at"));
      columns.put("LAST USED", Output.text("last_used_at"));
      output.out().println();
      output.table(source, source.path("valid_secrets"), columns);
    }
    if (!source.path("open").asBoolean()) {
      output
          .out()
          .println(
              "It has no valid secret and refuses everything: set SERAI_%s_SECRETS."
                  .formatted(name.toUpperCase(Locale.ROOT).replace('-', '_')));
    }
  }

  private static JsonNode find(ApiClient api, String name)
      throws IOException, InterruptedException {
    JsonNode sources = api.get(PATH, Map.of()).path("sources");
    return StreamSupport.stream(sources.spliterator(), false)
        .filter(source -> source.path("name").asText().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "There is no source '%s'; there are %s"
                        .formatted(name, sources.findValuesAsText("name"))));
  }

  private static String secrets(JsonNode source) {
    int unusable = source.path("unusable_secrets").asInt();
    return source.path("secrets").asText()
        + (unusable == 0 ? "" : ", %s unusable".formatted(unusable));
  }

  private static String state(JsonNode source) {
    return source.path("open").asBoolean() ? "open" : "closed";
  }
}
