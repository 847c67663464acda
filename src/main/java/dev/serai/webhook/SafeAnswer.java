package dev.serai.webhook;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a sender that waits gets when the route has no answer, and what an answer must look like.
 */
final class SafeAnswer {

  /** More than Supabase's Auth reads of an answer. */
  private static final int MOST_BYTES = 200_000;

  private static final String ERROR = "error";
  private static final Pattern PLACE = Pattern.compile("\\{(/[^{}]*)}");

  /** Digits stay as they are: a claim is no measurement. */
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .nodeFactory(JsonNodeFactory.withExactBigDecimals(true))
          .build();

  private final String template;
  private final Set<String> members = new TreeSet<>();

  /**
   * @param template of the option {@code safeAnswer}
   * @throws IllegalArgumentException when no JSON object can come of it
   */
  SafeAnswer(String template) {
    this.template = template;
    ObjectNode example =
        object(PLACE.matcher(template).replaceAll("null").getBytes(StandardCharsets.UTF_8));
    if (example == null) {
      throw new IllegalArgumentException(
          "inbound: option 'safeAnswer' is '%s'; it must be a JSON object such as {\"a\":{/b}}"
              .formatted(template));
    }
    example.fieldNames().forEachRemaining(members::add);
  }

  /** The safe answer to a request. */
  byte[] to(byte[] request) {
    JsonNode body = object(request);
    Matcher place = PLACE.matcher(template);
    StringBuilder answer = new StringBuilder();
    while (place.find()) {
      JsonNode value =
          body == null ? JSON.nullNode() : body.at(JsonPointer.compile(place.group(1)));
      place.appendReplacement(
          answer, Matcher.quoteReplacement(value.isMissingNode() ? "null" : value.toString()));
    }
    place.appendTail(answer);
    return answer.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The bytes of what a route has answered, if it is an answer. */
  Optional<byte[]> answer(@Nullable Object body) {
    try {
      byte[] bytes =
          switch (body) {
            case null -> new byte[0];
            case byte[] raw -> raw;
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            default -> JSON.writeValueAsBytes(body);
          };
      ObjectNode object = bytes.length > MOST_BYTES ? null : object(bytes);
      boolean fits = object != null && (object.has(ERROR) || hasMembers(object));
      return fits ? Optional.of(bytes) : Optional.empty();
    } catch (IOException notJson) {
      return Optional.empty();
    }
  }

  private boolean hasMembers(ObjectNode object) {
    return members.stream().allMatch(object::has);
  }

  private static @Nullable ObjectNode object(byte[] bytes) {
    try {
      return JSON.readTree(bytes) instanceof ObjectNode object ? object : null;
    } catch (IOException notJson) {
      return null;
    }
  }

  /** The answer in a recorded decision. */
  static Optional<byte[]> recorded(byte[] decision) {
    ObjectNode object = object(decision);
    return Optional.ofNullable(object)
        .map(found -> found.get(Decision.ANSWER))
        .map(answer -> answer.toString().getBytes(StandardCharsets.UTF_8));
  }
}
