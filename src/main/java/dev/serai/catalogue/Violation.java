package dev.serai.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ValidationMessage;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A place of data that breaks a rule of its schema. It never has a value of the data.
 *
 * @param pointer the place, a JSON pointer; empty for all of it
 * @param kind what is there: object, array, string, integer, number, boolean, null
 * @param rule the schema's rule, such as {@code type: integer}
 * @param at where the rule stands in the schema, which says nothing of the data
 */
public record Violation(String pointer, String kind, String rule, String at) {

  private static final int LONGEST = 160;

  /** The version that the data names is none of the type's. */
  static Violation ofVersion(JsonNode found, Iterable<Integer> known) {
    return new Violation(
        "/" + Catalogue.VERSION, kind(found), "one of the versions " + known, "the versions");
  }

  static Violation noJson() {
    return new Violation("", "no JSON", "JSON in UTF-8", "the media type");
  }

  static Violation of(ValidationMessage message) {
    String keyword = message.getType();
    String value =
        switch (keyword) {
          case "required", "dependentRequired" -> String.valueOf(message.getProperty());
          case "additionalProperties", "unevaluatedProperties" ->
              "false, and there is a member '%s'".formatted(name(message.getProperty()));
          default -> text(message.getSchemaNode());
        };
    return new Violation(
        name(message.getInstanceLocation().toString()),
        kind(message.getInstanceNode()),
        keyword + ": " + value,
        String.valueOf(message.getSchemaLocation().getFragment()));
  }

  /** For people. */
  public String sentence() {
    String place = pointer.isEmpty() ? "the data" : "'" + pointer + "'";
    return "%s is %s; the rule is %s".formatted(place, article(kind), rule);
  }

  /** For people, where not even a member's name may be seen. */
  String sentenceWithoutData() {
    return "it breaks the rule %s of the schema".formatted(at);
  }

  private static String article(String kind) {
    return switch (kind) {
      case "null", "no JSON" -> kind;
      case "object", "array", "integer" -> "an " + kind;
      default -> "a " + kind;
    };
  }

  private static String kind(@Nullable JsonNode node) {
    if (node == null || node.isMissingNode()) {
      return "missing";
    }
    return node.isNumber() && node.canConvertToExactIntegral()
        ? "integer"
        : node.getNodeType().name().toLowerCase(Locale.ROOT);
  }

  private static String text(@Nullable JsonNode schema) {
    return shortened(String.valueOf(schema));
  }

  /** Names of members are the sender's, too. */
  private static String name(@Nullable String name) {
    return shortened(String.valueOf(name).replaceAll("\\p{Cntrl}", "?"));
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
  }
}
