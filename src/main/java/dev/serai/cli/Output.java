package dev.serai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the API says: as a table for people, or as it is for programs. */
final class Output {

  @Option(names = "--json", description = "Print the API's JSON instead of a table.")
  boolean json;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  void show(JsonNode node) throws JsonProcessingException {
    out().println(ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node));
  }

  /**
   * Prints a list.
   *
   * @param columns headings, each with what stands under it
   */
  void table(JsonNode answer, JsonNode rows, Map<String, Function<JsonNode, String>> columns)
      throws JsonProcessingException {
    if (json) {
      show(answer);
      return;
    }
    List<List<String>> lines = new ArrayList<>();
    lines.add(columns.keySet().stream().toList());
    rows.forEach(
        row -> lines.add(columns.values().stream().map(value -> value.apply(row)).toList()));
    int[] widths = new int[columns.size()];
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        text.append(line.get(i)).repeat(" ", widths[i] - line.get(i).length() + 2);
      }
      out().println(text.toString().stripTrailing());
    }
  }

  /** Names the next page, if there is one. */
  void more(JsonNode page) {
    if (!json && page.hasNonNull("next")) {
      out().println("More: --cursor " + page.path("next").asText());
    }
  }

  /** The text of a member, or a dash. */
  static Function<JsonNode, String> text(String member) {
    return row -> row.path(member).asText("-");
  }
}
