package dev.serai.deploy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of {@code terraform fmt} that a machine without Terraform can check: indentation, ends
 * of lines, and that the signs = of arguments that follow each other stand in one column.
 */
final class HclSpacing {

  private static final Pattern ARGUMENT = Pattern.compile("( *)([A-Za-z0-9_.\"/-]+)( +)= .*");

  private HclSpacing() {}

  static List<String> problems(Path file) {
    List<String> problems = new ArrayList<>();
    String text = RepositoryFiles.text(file);
    if (text == null || !text.endsWith("\n") || text.endsWith("\n\n") || text.contains("\t")) {
      problems.add("it ends with one end of a line, and has no tabs");
      return problems;
    }
    List<String> lines = text.lines().toList();
    int depth = 0;
    int column = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      String code = line.replaceAll("\"(\\\\.|[^\"\\\\])*\"", "\"\"").replaceAll("#.*", "").strip();
      int leading = (int) code.chars().takeWhile(c -> "})]".indexOf(c) >= 0).count();
      int indentation = 2 * (depth - (leading > 0 ? 1 : 0));
      if (!line.isEmpty() && !line.matches(" {" + Math.max(0, indentation) + "}\\S.*")) {
        problems.add("line %s has not %s spaces before it".formatted(i + 1, indentation));
      }
      if (line.endsWith(" ")) {
        problems.add("line %s ends with a space".formatted(i + 1));
      }
      int here = equalsSign(line, code);
      if (here >= 0 && column >= 0 && here != column) {
        problems.add("line %s: = stands not below the one before".formatted(i + 1));
      }
      depth += brackets(code);
      column = here >= 0 && brackets(code) == 0 ? here : -1;
    }
    return problems;
  }

  private static int equalsSign(String line, String code) {
    Matcher argument = ARGUMENT.matcher(line);
    return !code.isEmpty() && argument.matches() && brackets(code) == 0 ? argument.end(3) : -1;
  }

  /** How many levels deeper the next line is: brackets that open together count once. */
  private static int brackets(String code) {
    int open = 0;
    for (char c : code.toCharArray()) {
      open += "{([".indexOf(c) >= 0 ? 1 : "})]".indexOf(c) >= 0 ? -1 : 0;
    }
    return Integer.signum(open);
  }
}
