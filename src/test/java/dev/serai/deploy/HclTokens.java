package dev.serai.deploy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Words and signs of a file in Terraform's language. Templates in texts are read, too; heredocs are
 * not taken, because none are used.
 */
final class HclTokens {

  private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
  private static final Pattern SIGN =
      Pattern.compile("\\.\\.\\.|=>|==|!=|<=|>=|&&|\\|\\||[{}()\\[\\]=.,:?+*/%<>!-]");
  private static final Map<String, String> CLOSING = Map.of("{", "}", "(", ")", "[", "]");

  enum Kind {
    NAME,
    NUMBER,
    /** A text; the tokens of its templates follow it. */
    TEXT,
    SIGN,
    LINE_END
  }

  record Token(Kind kind, String text, int line) {

    boolean is(String sign) {
      return (kind == Kind.SIGN || kind == Kind.LINE_END) && text.equals(sign);
    }
  }

  private final String file;
  private final String source;
  private final List<Token> tokens = new ArrayList<>();
  private final Deque<String> open = new ArrayDeque<>();
  private int at;
  private int line = 1;

  private HclTokens(String file, String source) {
    this.file = file;
    this.source = source;
  }

  static List<Token> of(String file, String source) {
    HclTokens reader = new HclTokens(file, source);
    reader.readUntil("");
    return reader.tokens;
  }

  /** Up to the sign that closes a template, or the end of the file. */
  private void readUntil(String end) {
    int depth = open.size();
    while (at < source.length()) {
      char c = source.charAt(at);
      if (c == '\n') {
        add(Kind.LINE_END, "\n");
        line++;
        at++;
      } else if (c == ' ') {
        at++;
      } else if (c == '#') {
        at = source.indexOf('\n', at) < 0 ? source.length() : source.indexOf('\n', at);
      } else if (c == '"') {
        text();
      } else if (open.size() == depth && !end.isEmpty() && source.startsWith(end, at)) {
        at += end.length();
        return;
      } else if (!take(Kind.NAME, NAME) && !take(Kind.NUMBER, NUMBER)) {
        sign();
      }
    }
    if (!end.isEmpty() || !open.isEmpty()) {
      throw wrong("something is not closed");
    }
  }

  private void sign() {
    if (!take(Kind.SIGN, SIGN)) {
      throw wrong("'%s' is no sign".formatted(source.charAt(at)));
    }
    String sign = tokens.getLast().text();
    if (CLOSING.containsKey(sign)) {
      open.push(CLOSING.get(sign));
    } else if (CLOSING.containsValue(sign) && !sign.equals(open.poll())) {
      throw wrong("'%s' closes nothing".formatted(sign));
    }
  }

  private void text() {
    StringBuilder text = new StringBuilder();
    int place = tokens.size();
    int begin = line;
    at++;
    while (at < source.length() && source.charAt(at) != '"') {
      if (source.startsWith("$${", at) || source.startsWith("%%{", at)) {
        text.append(source, at, at + 3);
        at += 3;
      } else if (source.startsWith("${", at)) {
        at += 2;
        text.append("${}");
        readUntil("}");
      } else if (source.charAt(at) == '\n') {
        throw wrong("a text ends with its line");
      } else {
        int length = source.charAt(at) == '\\' ? 2 : 1;
        text.append(source, at, at + length);
        at += length;
      }
    }
    at++;
    tokens.add(place, new Token(Kind.TEXT, text.toString(), begin));
  }

  private boolean take(Kind kind, Pattern pattern) {
    Matcher matcher = pattern.matcher(source).region(at, source.length());
    if (!matcher.lookingAt()) {
      return false;
    }
    add(kind, matcher.group());
    at = matcher.end();
    return true;
  }

  private void add(Kind kind, String text) {
    tokens.add(new Token(kind, text, line));
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("%s:%s: %s".formatted(file, line, what));
  }
}
