package dev.serai.deploy;

import dev.serai.deploy.HclTokens.Kind;
import dev.serai.deploy.HclTokens.Token;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What stands between the braces of a block, or in a file: arguments with the tokens of their
 * values, and blocks.
 */
record HclBody(Map<String, List<Token>> arguments, List<Block> blocks) {

  /** A block such as {@code resource "type" "name" {...}}. */
  record Block(String type, List<String> labels, int line, HclBody body) {}

  static HclBody read(String file, String source) {
    Reader reader = new Reader(file, HclTokens.of(file, source));
    return reader.body(false);
  }

  Stream<Block> blocks(String type) {
    return blocks.stream().filter(block -> block.type().equals(type));
  }

  /** The tokens of all values, also in the blocks inside. */
  Stream<List<Token>> values() {
    return Stream.concat(
        arguments.values().stream(), blocks.stream().flatMap(block -> block.body().values()));
  }

  private static final class Reader {
    private final String file;
    private final List<Token> tokens;
    private int at;

    Reader(String file, List<Token> tokens) {
      this.file = file;
      this.tokens = tokens;
    }

    HclBody body(boolean inBlock) {
      HclBody body = new HclBody(new LinkedHashMap<>(), new ArrayList<>());
      while (true) {
        while (at < tokens.size() && next().is("\n")) {
          at++;
        }
        if (at == tokens.size() || next().is("}")) {
          if (inBlock == (at == tokens.size())) {
            throw wrong("a block is not closed, or closed twice");
          }
          at++;
          return body;
        }
        entry(body);
      }
    }

    private void entry(HclBody body) {
      Token name = take(Kind.NAME);
      List<String> labels = new ArrayList<>();
      while (next().kind() == Kind.TEXT) {
        labels.add(take(Kind.TEXT).text());
      }
      if (next().is("=") && labels.isEmpty()) {
        at++;
        if (body.arguments().put(name.text(), value()) != null) {
          throw wrong(name.text() + " is there twice");
        }
      } else if (next().is("{")) {
        at++;
        body.blocks().add(new Block(name.text(), labels, name.line(), body(true)));
      } else {
        throw wrong("after %s comes = or {".formatted(name.text()));
      }
    }

    /**
     * Up to the end of the line, unless that is inside brackets; or to the end of a short block.
     */
    private List<Token> value() {
      List<Token> value = new ArrayList<>();
      int depth = 0;
      while (at < tokens.size()) {
        Token token = next();
        if (depth == 0 && (token.is("\n") || token.is("}"))) {
          break;
        }
        if (token.is("{") || token.is("(") || token.is("[")) {
          depth++;
        } else if (token.is("}") || token.is(")") || token.is("]")) {
          depth--;
        }
        value.add(token);
        at++;
      }
      if (value.isEmpty() || value.getFirst().is("=")) {
        throw wrong("a value is missing");
      }
      return value;
    }

    private Token take(Kind kind) {
      if (next().kind() != kind) {
        throw wrong("'%s' is no %s".formatted(next().text(), kind));
      }
      return tokens.get(at++);
    }

    private Token next() {
      if (at >= tokens.size()) {
        throw new IllegalArgumentException(file + ": it ends in the middle");
      }
      return tokens.get(at);
    }

    private IllegalArgumentException wrong(String what) {
      int line = tokens.get(Math.min(at, tokens.size() - 1)).line();
      return new IllegalArgumentException("%s:%s: %s".formatted(file, line, what));
    }
  }
}
