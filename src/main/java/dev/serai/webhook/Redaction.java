package dev.serai.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonToken;
import dev.serai.event.TypePattern;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Values that are replaced before an event is stored, because nobody needs them and everybody could
 * use them: hashes of passwords, tokens. All other bytes of the body stay as they are.
 */
final class Redaction {

  private static final byte[] REDACTED = "\"[redacted]\"".getBytes(StandardCharsets.UTF_8);
  private static final String ANY = "*";
  private static final JsonFactory JSON = new JsonFactory();

  private final List<Rule> rules;

  private Redaction(List<Rule> rules) {
    this.rules = rules;
  }

  /** Of events of these types: the values at these places, each a list of names of members. */
  private record Rule(TypePattern types, List<List<String>> places) {}

  /**
   * @param text of the option {@code redact}
   * @throws IllegalArgumentException naming the part that can't be read
   */
  static Redaction parse(String text) {
    return new Redaction(SourceOptions.split(text).stream().map(Redaction::rule).toList());
  }

  private static Rule rule(String text) {
    String[] parts = text.split("=", 2);
    if (parts.length < 2) {
      throw new IllegalArgumentException(
          "inbound: option 'redact' has '%s'; it must be written auth.users.*=/record/secret"
              .formatted(text));
    }
    return new Rule(
        new TypePattern(List.of(parts[0].strip())),
        List.of(parts[1].strip().split("\\s+")).stream().map(Redaction::place).toList());
  }

  private static List<String> place(String pointer) {
    if (!pointer.startsWith("/")) {
      throw new IllegalArgumentException(
          "inbound: option 'redact' has '%s', which is no JSON pointer: it must begin with /"
              .formatted(pointer));
    }
    List<String> names = new ArrayList<>();
    for (JsonPointer at = JsonPointer.compile(pointer); !at.matches(); at = at.tail()) {
      names.add(at.getMatchingProperty());
    }
    return names;
  }

  /**
   * The body as it may be stored.
   *
   * @param type of the event, without its source
   */
  byte[] apply(String type, byte[] body) {
    List<List<String>> places =
        rules.stream()
            .filter(rule -> rule.types.test(type))
            .flatMap(rule -> rule.places.stream())
            .toList();
    if (places.isEmpty()) {
      return body;
    }
    try (JsonParser parser = JSON.createParser(body)) {
      Copy copy = new Copy(parser, body);
      parser.nextToken();
      copy.value(places);
      return copy.finish();
    } catch (IOException e) {
      throw new IllegalStateException("A body that was accepted can't be read again", e);
    }
  }

  /** Copies a body with some of its values replaced. */
  private static final class Copy {
    private final JsonParser parser;
    private final byte[] body;
    private final ByteArrayOutputStream out;
    private int copied;

    Copy(JsonParser parser, byte[] body) {
      this.parser = parser;
      this.body = body;
      this.out = new ByteArrayOutputStream(body.length);
    }

    /** The value at the current token; the places are relative to it. */
    void value(List<List<String>> places) throws IOException {
      if (places.stream().anyMatch(List::isEmpty)) {
        replace();
      } else if (parser.currentToken() == JsonToken.START_OBJECT) {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
          List<List<String>> below = below(places, parser.currentName());
          parser.nextToken();
          value(below);
        }
      } else if (parser.currentToken() == JsonToken.START_ARRAY) {
        for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
          value(below(places, Integer.toString(i)));
        }
      }
    }

    private static List<List<String>> below(List<List<String>> places, String name) {
      return places.stream()
          .filter(place -> place.getFirst().equals(name) || place.getFirst().equals(ANY))
          .map(place -> place.subList(1, place.size()))
          .toList();
    }

    /** Nothing is hidden in what isn't there. */
    private void replace() throws IOException {
      JsonToken token = parser.currentToken();
      if (token == JsonToken.VALUE_NULL
          || token == JsonToken.VALUE_STRING && parser.getText().isEmpty()) {
        return;
      }
      int begin = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      parser.finishToken();
      out.write(body, copied, begin - copied);
      out.writeBytes(REDACTED);
      copied = (int) parser.currentLocation().getByteOffset();
    }

    byte[] finish() {
      out.write(body, copied, body.length - copied);
      return out.toByteArray();
    }
  }
}
