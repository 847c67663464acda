package dev.serai.cloud.warehouse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A row that was not inserted.
 *
 * @param index its place among those given, from 0 on
 * @param id what it is known by; null if it has none
 * @param reason why: no-object, unknown-field, missing, wrong-type, out-of-range, or refused, by
 *     the database itself
 * @param field the field it is about, or null
 * @param value what stood there, cut off after 100 characters, or null
 * @param message all of it for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RowError(
    int index,
    @Nullable String id,
    String reason,
    @Nullable String field,
    @Nullable String value,
    String message) {

  static final String NO_OBJECT = "no-object";
  static final String UNKNOWN_FIELD = "unknown-field";
  static final String MISSING = "missing";
  static final String WRONG_TYPE = "wrong-type";
  static final String OUT_OF_RANGE = "out-of-range";
  static final String REFUSED = "refused";

  private static final int LONGEST = 100;

  static String shown(JsonNode value) {
    String text = value.isTextual() ? value.textValue() : value.toString();
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "...";
  }

  /** What a dead letter says. */
  String text() {
    return reason + ": " + message;
  }
}
