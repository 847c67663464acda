package dev.serai;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words of an expression in Prometheus' language, one after the other. */
final class PromTokens {

  private static final Pattern TOKEN =
      Pattern.compile(
          "\\s*(?:(?<duration>\\d+(?:ms|[smhdwy])\\b)|(?<number>\\d+(?:\\.\\d+)?)"
              + "|(?<string>\"(?:[^\"\\\\]|\\\\.)*\")|(?<word>[a-zA-Z_:][\\w:]*)"
              + "|(?<sign>>=|<=|==|!=|=~|!~|[-+*/%<>=(){}\\[\\],]))\\s*");

  private static final List<String> KINDS = List.of("duration", "number", "string", "word", "sign");

  private final String expression;
  private final List<String> texts = new ArrayList<>();
  private final List<String> kinds = new ArrayList<>();
  private int at;

  PromTokens(String expression) {
    this.expression = expression;
    Matcher token = TOKEN.matcher(expression);
    int end = 0;
    while (end < expression.length()) {
      if (!token.find(end) || token.start() != end) {
        throw new IllegalArgumentException("Not readable: " + expression.substring(end));
      }
      for (String kind : KINDS) {
        if (token.group(kind) != null) {
          kinds.add(kind);
          texts.add(token.group(kind));
        }
      }
      end = token.end();
    }
  }

  boolean isEnd() {
    return at == texts.size();
  }

  boolean isNext(String text) {
    return !isEnd() && texts.get(at).equals(text);
  }

  boolean isNextKind(String kind) {
    return !isEnd() && kinds.get(at).equals(kind);
  }

  /** Takes the next one if it is this. */
  boolean skip(String text) {
    boolean there = isNext(text);
    at += there ? 1 : 0;
    return there;
  }

  void expect(String text) {
    if (!skip(text)) {
      throw problem("'%s' is missing".formatted(text));
    }
  }

  /** Takes the next one, which must be of a kind. */
  String take(String kind) {
    if (!isNextKind(kind)) {
      throw problem("a %s is missing".formatted(kind));
    }
    return texts.get(at++);
  }

  /** Takes the next one if it is one of these; else the empty text. */
  String takeOneOf(List<String> choices) {
    return !isEnd() && choices.contains(texts.get(at)) ? texts.get(at++) : "";
  }

  IllegalArgumentException problem(String what) {
    return new IllegalArgumentException(
        "%s before: %s (in %s)"
            .formatted(what, String.join(" ", texts.subList(at, texts.size())), expression));
  }

  static double seconds(String duration) {
    int unit = Math.max(1, duration.length() - (duration.endsWith("ms") ? 2 : 1));
    double number = Double.parseDouble(duration.substring(0, unit));
    return switch (duration.substring(unit)) {
      case "ms" -> number / 1000;
      case "s" -> number;
      case "m" -> number * 60;
      case "h" -> number * 3600;
      case "d" -> number * 86_400;
      case "w" -> number * 604_800;
      default -> number * 31_536_000;
    };
  }
}
