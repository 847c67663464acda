package dev.serai;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a hub's {@code /metrics} says.
 *
 * @param samples each line of it
 */
public record Metrics(List<Sample> samples) {

  private static final Pattern LINE = Pattern.compile("([a-zA-Z_:]\\w*)(?:\\{(.*)})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

  /**
   * A line.
   *
   * @param name of the metric
   * @param labels by name
   */
  public record Sample(String name, Map<String, String> labels, double value) {}

  /** Reads them now. */
  public static Metrics of(TestHub hub) throws Exception {
    return of(Api.of(hub).get("/metrics").text());
  }

  /** Reads a text. */
  public static Metrics of(String text) {
    List<Sample> samples = new ArrayList<>();
    for (String line : text.split("\n")) {
      if (line.startsWith("#")) {
        continue;
      }
      Matcher sample = LINE.matcher(line);
      if (!sample.matches()) {
        throw new AssertionError("Not a metric: " + line);
      }
      Map<String, String> labels = new LinkedHashMap<>();
      if (sample.group(2) != null) {
        Matcher label = LABEL.matcher(sample.group(2));
        while (label.find()) {
          labels.put(label.group(1), label.group(2));
        }
      }
      samples.add(new Sample(sample.group(1), labels, number(sample.group(3))));
    }
    return new Metrics(samples);
  }

  private static double number(String text) {
    return switch (text) {
      case "+Inf" -> Double.POSITIVE_INFINITY;
      case "-Inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  /** The samples of a metric that have these labels: names and values in turn. */
  public List<Sample> all(String name, String... labels) {
    return samples.stream()
        .filter(sample -> sample.name.equals(name))
        .filter(
            sample -> {
              boolean same = true;
              for (int i = 0; i < labels.length; i += 2) {
                same &= labels[i + 1].equals(sample.labels.get(labels[i]));
              }
              return same;
            })
        .toList();
  }

  /** The value of the one sample that has these labels. */
  public double value(String name, String... labels) {
    List<Sample> found = all(name, labels);
    if (found.size() != 1) {
      throw new AssertionError("%s %s: %s".formatted(name, List.of(labels), found));
    }
    return found.getFirst().value;
  }
}
