package dev.serai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Prints what the API says: as a table for people, or as it is for programs. */
final class Output {

  @Option(names = "--json", description = "Print JSON instead of text for people.")
  boolean json;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** What is said about the work under way, apart from its result. */
  PrintWriter progress() {
    return spec.commandLine().getErr();
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
    } else {
      new Table(out(), columns).print(rows);
    }
  }

  /** Prints the members of an object that have a plain value, one a line. */
  void members(JsonNode object) {
    object
        .properties()
        .forEach(
            member -> {
              if (member.getValue().isValueNode()) {
                line(member.getKey(), member.getValue().asText());
              }
            });
  }

  void line(String name, String value) {
    out().printf("%-16s %s%n", name, Table.coloured(value));
  }

  /** The text of a member, or a dash. */
  static Function<JsonNode, String> text(String member) {
    return row -> row.path(member).asText("-");
  }

  /** The texts of a member that is a list. */
  static Function<JsonNode, String> texts(String member) {
    return row ->
        StreamSupport.stream(row.path(member).spliterator(), false)
            .map(JsonNode::asText)
            .collect(Collectors.joining(","));
  }
}
