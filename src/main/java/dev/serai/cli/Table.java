package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.Help.Ansi;

/** Rows under headings, as wide as what stands in them; in colours on a terminal only. */
final class Table {

  private static final Map<String, String> COLOURS =
      Map.ofEntries(
          Map.entry("done", "green"),
          Map.entry("active", "green"),
          Map.entry("accepted", "green"),
          Map.entry("open", "green"),
          Map.entry("UP", "green"),
          Map.entry("ready", "yellow"),
          Map.entry("running", "yellow"),
          Map.entry("paused", "yellow"),
          Map.entry("DEGRADED", "yellow"),
          Map.entry("dead", "red"),
          Map.entry("closed", "red"),
          Map.entry("DOWN", "red"));

  private final PrintWriter out;
  private final Map<String, Function<JsonNode, String>> columns;
  private final int[] widths;
  private boolean begun;

  /**
   * @param columns headings, each with what stands under it
   */
  Table(PrintWriter out, Map<String, Function<JsonNode, String>> columns) {
    this.out = out;
    this.columns = columns;
    this.widths = new int[columns.size()];
  }

  /** Prints rows, below the headings or below earlier rows. */
  void print(Iterable<JsonNode> rows) {
    List<List<String>> lines = new ArrayList<>();
    if (!begun) {
      lines.add(columns.keySet().stream().toList());
    }
    for (JsonNode row : rows) {
      lines.add(columns.values().stream().map(value -> value.apply(row)).toList());
    }
    for (List<String> line : lines) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    for (List<String> line : lines) {
      print(line);
      begun = true;
    }
  }

  private void print(List<String> line) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = line.get(i);
      text.append(begun ? coloured(cell) : styled("bold", cell))
          .repeat(" ", widths[i] - cell.length() + 2);
    }
    out.println(text.toString().stripTrailing());
  }

  /** A word that says how something is, in its colour. */
  static String coloured(String word) {
    String colour = COLOURS.get(word);
    return colour == null ? word : styled(colour, word);
  }

  private static String styled(String style, String text) {
    // Its own marks are not read in what comes from the hub.
    return Ansi.AUTO.enabled()
        ? Ansi.Style.on(Ansi.Style.parse(style)) + text + Ansi.Style.reset.on()
        : text;
  }
}
