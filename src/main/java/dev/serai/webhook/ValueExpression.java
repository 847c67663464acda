package dev.serai.webhook;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where a value of a request is: a JSON pointer, {@code header:<name>}, {@code hash}, or a text
 * with these in braces, of which the first that is there counts: {@code {/a}.{/b|header:X-B|hash}}.
 * What follows a last bar is taken when nothing is there, also if it is nothing.
 */
final class ValueExpression {

  private static final String HEADER = "header:";
  private static final String HASH = "hash";
  private static final Pattern PIECE = Pattern.compile("\\{([^{}]+)}|([^{}]+)");

  private final String text;
  private final List<Piece> pieces;

  private ValueExpression(String text, List<Piece> pieces) {
    this.text = text;
    this.pieces = pieces;
  }

  /** Literal text, or origins of which the first that has a value counts. */
  private record Piece(String literal, List<String> origins) {}

  /**
   * @param option whose value it is
   * @param text empty or null for the hash
   * @throws IllegalArgumentException naming the option
   */
  static ValueExpression parse(String option, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return new ValueExpression(HASH, List.of(new Piece("", List.of(HASH))));
    }
    if (isOrigin(text)) {
      return new ValueExpression(text, List.of(new Piece("", List.of(text))));
    }
    List<Piece> pieces = new ArrayList<>();
    Matcher piece = PIECE.matcher(text);
    while (piece.regionStart() < text.length()) {
      if (!piece.lookingAt()) {
        throw new IllegalArgumentException(problem(option, text));
      }
      String literal = piece.group(2);
      pieces.add(
          literal == null
              ? new Piece("", List.of(piece.group(1).split("\\|", -1)))
              : new Piece(literal, List.of()));
      piece.region(piece.end(), text.length());
    }
    boolean readable =
        pieces.stream().anyMatch(found -> !found.origins.isEmpty())
            && pieces.stream()
                .flatMap(
                    found -> found.origins.stream().limit(Math.max(1, found.origins.size() - 1L)))
                .allMatch(ValueExpression::isOrigin);
    if (!readable) {
      throw new IllegalArgumentException(problem(option, text));
    }
    return new ValueExpression(text, pieces);
  }

  private static String problem(String option, String text) {
    return ("inbound: option '%s' is '%s'; it must be a JSON pointer such as /id, header:<name>, or"
            + " a text with these in braces")
        .formatted(option, text);
  }

  private static boolean isOrigin(String text) {
    return text.startsWith("/") || text.startsWith(HEADER) || text.equals(HASH);
  }

  /** The JSON pointers in it. */
  Stream<String> pointers() {
    return origins().filter(origin -> origin.startsWith("/"));
  }

  boolean needsHash() {
    return origins().anyMatch(HASH::equals);
  }

  /** Whether it is the hash and nothing else. */
  boolean isHash() {
    return text.equals(HASH);
  }

  private Stream<String> origins() {
    return pieces.stream().flatMap(piece -> piece.origins.stream());
  }

  /**
   * The value; none, if one of its pieces has none.
   *
   * @param names what is made of each found value
   */
  Optional<String> of(Envelope envelope, SignedRequest request, UnaryOperator<String> names) {
    StringBuilder value = new StringBuilder();
    for (Piece piece : pieces) {
      if (piece.origins.isEmpty()) {
        value.append(piece.literal);
        continue;
      }
      Optional<String> found =
          piece.origins.stream()
              .map(origin -> found(origin, envelope, request))
              .flatMap(Optional::stream)
              .findFirst();
      if (found.isEmpty()) {
        return Optional.empty();
      }
      value.append(names.apply(found.get()));
    }
    return Optional.of(value.toString());
  }

  private static Optional<String> found(String origin, Envelope envelope, SignedRequest request) {
    if (origin.startsWith("/")) {
      return envelope.scalar(origin).filter(text -> !text.isEmpty());
    }
    if (origin.startsWith(HEADER)) {
      List<String> lines = request.header(origin.substring(HEADER.length()));
      // Two lines mean two things to two readers.
      return lines.size() == 1 && !lines.getFirst().isEmpty()
          ? Optional.of(lines.getFirst())
          : Optional.empty();
    }
    return origin.equals(HASH)
        ? Optional.of(HexFormat.of().formatHex(envelope.hash()))
        : Optional.of(origin);
  }

  @Override
  public String toString() {
    return text;
  }
}
