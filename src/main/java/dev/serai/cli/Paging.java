package dev.serai.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of a listing that has pages, and the printing of one page or all of them. */
final class Paging {

  private static final int LARGEST = 1000;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "20",
      description = "At most so many (1 to 1000). Default: 20.")
  private int limit;

  @Option(
      names = "--cursor",
      paramLabel = "CURSOR",
      description = "The page after the one that named this cursor.")
  private @Nullable String cursor;

  @Option(names = "--all", description = "All pages from there on, whatever --limit says.")
  private boolean all;

  /**
   * Asks and prints.
   *
   * @param member what the API calls the rows
   */
  void print(
      ApiClient api,
      Output output,
      String path,
      String member,
      Map<String, ? extends @Nullable Object> query,
      Map<String, Function<JsonNode, String>> columns)
      throws IOException, InterruptedException {
    if (!all) {
      JsonNode page = page(api, path, query, limit, cursor);
      output.table(page, page.path(member), columns);
      if (!output.json && page.hasNonNull("next")) {
        output.out().println("More: --cursor " + page.path("next").asText());
      }
    } else if (output.json) {
      printJson(api, output, path, member, query);
    } else {
      Table table = new Table(output.out(), columns);
      each(api, path, query, page -> table.print(page.path(member)));
    }
  }

  private void printJson(
      ApiClient api,
      Output output,
      String path,
      String member,
      Map<String, ? extends @Nullable Object> query)
      throws IOException, InterruptedException {
    JsonGenerator json = ApiClient.JSON.createGenerator(output.out());
    json.writeStartObject();
    json.writeArrayFieldStart(member);
    each(
        api,
        path,
        query,
        page -> {
          for (JsonNode row : page.path(member)) {
            json.writeTree(row);
          }
        });
    json.writeEndArray();
    json.writeEndObject();
    json.flush();
    output.out().println();
  }

  private interface PageTaker {
    void take(JsonNode page) throws IOException;
  }

  private void each(
      ApiClient api, String path, Map<String, ? extends @Nullable Object> query, PageTaker taker)
      throws IOException, InterruptedException {
    @Nullable String next = cursor;
    do {
      JsonNode page = page(api, path, query, LARGEST, next);
      taker.take(page);
      next = page.hasNonNull("next") ? page.path("next").asText() : null;
    } while (next != null);
  }

  private static JsonNode page(
      ApiClient api,
      String path,
      Map<String, ? extends @Nullable Object> query,
      int limit,
      @Nullable String cursor)
      throws IOException, InterruptedException {
    Map<String, @Nullable Object> all = new LinkedHashMap<>(query);
    all.put("limit", limit);
    all.put("cursor", cursor);
    return api.get(path, all);
  }
}
