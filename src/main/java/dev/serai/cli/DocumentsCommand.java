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
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "documents",
    mixinStandardHelpOptions = true,
    description = "Lists what jobs have written: invoices, reports; shows and saves them.")
final class DocumentsCommand extends CommandGroup {

  private static final String PATH = "/api/v1/documents";

  @Command(
      name = "list",
      description = "Lists documents, the latest period first.",
      mixinStandardHelpOptions = true)
  void list(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Option(names = "--kind", description = "Only these: invoice, weekly-report, ...")
          @Nullable String kind,
      @Option(names = "--workspace", description = "Only of this workspace; * for all together.")
          @Nullable String workspace,
      @Option(names = "--period", description = "Only about this period, such as 2026-11.")
          @Nullable String period,
      @Mixin Paging paging)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> query = new LinkedHashMap<>();
    query.put("kind", kind);
    query.put("workspace", workspace);
    query.put("period", period);
    Map<String, Function<JsonNode, String>> columns = new LinkedHashMap<>();
    columns.put("KIND", Output.text("kind"));
    columns.put("WORKSPACE", Output.text("workspace"));
    columns.put("PERIOD", Output.text("period"));
    columns.put("MADE", Output.text("made_at"));
    paging.print(api, output, PATH, "documents", query, columns);
  }

  @Command(
      name = "show",
      description = "Shows a document as data, or saves it as a page.",
      mixinStandardHelpOptions = true)
  void show(
      @Mixin ApiClient api,
      @Mixin Output output,
      @Parameters(paramLabel = "KIND", description = "What it is.") String kind,
      @Parameters(paramLabel = "WORKSPACE", description = "Whose it is; * for all together.")
          String workspace,
      @Parameters(paramLabel = "PERIOD", description = "What it is about.") String period,
      @Option(names = "--html", paramLabel = "FILE", description = "Save it as a page here.")
          @Nullable Path file)
      throws IOException, InterruptedException {
    String path =
        "%s/%s/%s/%s"
            .formatted(
                PATH,
                ApiClient.encode(kind),
                ApiClient.encode(workspace),
                ApiClient.encode(period));
    if (file == null) {
      output.show(api.get(path, Map.of()));
      return;
    }
    Files.write(file, api.bytes(path + "/html"));
    output.line("saved", file.toAbsolutePath().toString());
  }
}
