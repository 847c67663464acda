package dev.serai.webhook;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a JSON body finds: that it is one, the values of some pointers, and a hash of
 * all but the volatile ones. The hash doesn't see white space and escapes, but the order of
 * members.
 */
public final class Envelope {

  private static final int MAX_DEPTH = 500;
  private static final int MAX_NUMBER = 10_000;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER)
                  .build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .build();

  private final Map<String, Value> values;
  private final byte @Nullable [] hash;

  private Envelope(Map<String, Value> values, byte @Nullable [] hash) {
    this.values = values;
    this.hash = hash;
  }

  /**
   * Reads a body.
   *
   * @param hashed whether {@link #hash} will be asked for
   * @throws EnvelopeException when it is no JSON object in UTF-8, or a wanted value comes twice
   */
  static Envelope read(byte[] body, Pointers pointers, boolean hashed) throws EnvelopeException {
    requireUtf8(body);
    try (JsonParser parser = JSON.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new EnvelopeException("The body is no JSON object");
      }
      BodyHash hash = hashed ? new BodyHash() : null;
      Scan scan = new Scan(parser, hash);
      scan.object(pointers.root(), !hashed);
      if (parser.nextToken() != null) {
        throw new EnvelopeException("Something follows the JSON object");
      }
      return new Envelope(scan.values, hash == null ? null : hash.finish());
    } catch (StreamConstraintsException e) {
      throw new EnvelopeException(
          "The JSON is nested deeper than %s, or has a number of over %s digits"
              .formatted(MAX_DEPTH, MAX_NUMBER));
    } catch (IOException e) {
      throw new EnvelopeException("The body is not valid JSON");
    }
  }

  /**
   * The parser would guess UTF-16 and UTF-32 from zeros and byte order marks, and pass over bad
   * UTF-8; a body is UTF-8 or refused. What is decoded and encoded again is the same only if it was
   * valid, and both are done by the machine's vector instructions.
   */
  private static void requireUtf8(byte[] body) throws EnvelopeException {
    if (body.length == 0) {
      throw new EnvelopeException("The body is empty");
    }
    boolean guessed = body[0] == 0 || body.length > 1 && body[1] == 0 || body[0] < 0;
    if (guessed
        || !Arrays.equals(
            body, new String(body, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8))) {
      throw new EnvelopeException("The body is not valid UTF-8 that begins with JSON");
    }
  }

  /** The value of a pointer if it is a text. */
  public Optional<String> text(String pointer) {
    return Optional.ofNullable(values.get(pointer)).filter(Value::isText).map(Value::text);
  }

  /** The value of a pointer as text, if it is a text, a number, true or false. */
  Optional<String> scalar(@Nullable String pointer) {
    return pointer == null
        ? Optional.empty()
        : Optional.ofNullable(values.get(pointer)).map(Value::text);
  }

  /** Whether the value of a pointer is an object. */
  boolean isObject(String pointer) {
    Value value = values.get(pointer);
    return value != null && value.token() == JsonToken.START_OBJECT;
  }

  /** Tells two bodies apart, their volatile values aside. */
  byte[] hash() {
    return Objects.requireNonNull(hash, "read without a hash");
  }

  private record Value(@Nullable String text, JsonToken token) {
    boolean isText() {
      return token == JsonToken.VALUE_STRING;
    }
  }

  private static final class Scan {
    private final JsonParser parser;
    private final Map<String, Value> values = new HashMap<>();
    private final @Nullable BodyHash hash;

    Scan(JsonParser parser, @Nullable BodyHash hash) {
      this.parser = parser;
      this.hash = hash;
    }

    private void mark(char kind, boolean ignored) {
      if (hash != null && !ignored) {
        hash.mark(kind);
      }
    }

    void object(Pointers.@Nullable Node node, boolean ignored)
        throws IOException, EnvelopeException {
      mark('{', ignored);
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        Pointers.Node child = node == null ? null : node.child(name);
        boolean skip = ignored || child != null && child.ignored();
        if (hash != null && !skip) {
          hash.text('k', name);
        }
        parser.nextToken();
        value(child, skip);
      }
      mark('}', ignored);
    }

    private void array(Pointers.@Nullable Node node, boolean ignored)
        throws IOException, EnvelopeException {
      mark('[', ignored);
      for (int i = 0; parser.nextToken() != JsonToken.END_ARRAY; i++) {
        Pointers.Node child = node == null ? null : node.child(Integer.toString(i));
        value(child, ignored || child != null && child.ignored());
      }
      mark(']', ignored);
    }

    private void value(Pointers.@Nullable Node node, boolean ignored)
        throws IOException, EnvelopeException {
      JsonToken token = parser.currentToken();
      keep(node == null ? null : node.wanted(), token);
      if (token == JsonToken.START_OBJECT) {
        object(node, ignored);
      } else if (token == JsonToken.START_ARRAY) {
        array(node, ignored);
      } else if (hash != null && !ignored) {
        hash.text(
            token == JsonToken.VALUE_STRING ? 's' : 'v',
            parser.getTextCharacters(),
            parser.getTextOffset(),
            parser.getTextLength());
      }
    }

    /** A member that comes twice means one thing to one reader and another to the next. */
    private void keep(@Nullable String pointer, JsonToken token)
        throws IOException, EnvelopeException {
      if (pointer == null) {
        return;
      }
      boolean scalar = token.isScalarValue() && token != JsonToken.VALUE_NULL;
      Value value = new Value(scalar ? parser.getText() : null, token);
      if (values.put(pointer, value) != null) {
        throw new EnvelopeException("'%s' comes twice".formatted(pointer));
      }
    }
  }
}
