package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "refusals",
    mixinStandardHelpOptions = true,
    description = "Lists requests that were refused at the door, and why.")
final class RefusalsCommand extends CommandGroup {

  private static final String PATH = "/api/v1/refusals";

  @Command(
      name = "list",
      description = "Lists refusals, the latest first. With --json also their headers.",
      mixinStandardHelpOptions = true)
  void list(@Mixin ApiClient api, @Mixin Output output, @Mixin Filter filter, @Mixin Paging paging)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = filter.query();
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("AT", Output.text("at"));
    columns.put("SOURCE", Output.text("source"));
    columns.put("CAUSE", Output.text("cause"));
    columns.put("REMOTE", Output.text("remote"));
    columns.put("DETAIL", Output.text("detail"));
    paging.print(api, output, PATH, "refusals", query, columns);
  }

  @Command(
      name = "causes",
      description = "Counts refusals by source and cause.",
      mixinStandardHelpOptions = true)
  void causes(@Mixin ApiClient api, @Mixin Output output, @Mixin Filter filter)
      throws IOException, InterruptedException {
    JsonNode answer = api.get(PATH + "/causes", filter.query());
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("SOURCE", Output.text("source"));
    columns.put("CAUSE", Output.text("cause"));
    columns.put("COUNT", Output.text("count"));
    columns.put("FIRST", Output.text("first"));
    columns.put("LAST", Output.text("last"));
    output.table(answer, answer.path("causes"), columns);
  }

  /** Which refusals. */
  static final class Filter {
    @Option(names = "--source", description = "Only of this source.")
    @Nullable String source;

    @Option(names = "--cause", description = "Only with this cause, e.g. signature_mismatch.")
    @Nullable String cause;

    @Option(names = "--from", description = "Only at or after this time (RFC 3339).")
    @Nullable String from;

    @Option(names = "--to", description = "Only before this time (RFC 3339).")
    @Nullable String to;

    Map<String, @Nullable Object> query() {
      Map<String, @Nullable Object> query = new LinkedHashMap<>();
      query.put("source", source);
      query.put("cause", cause);
      query.put("from", from);
      query.put("to", to);
      return query;
    }
  }
}
