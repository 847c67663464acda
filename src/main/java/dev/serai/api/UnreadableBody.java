package dev.serai.api;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.time.Instant;
import java.util.Collection;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says which member of a body is not what it must be. */
final class UnreadableBody {

  private static final int MAX_VALUE = 50;

  private UnreadableBody() {}

  static String detail(JsonMappingException failure) {
    String member = member(failure);
    return switch (failure) {
      case UnrecognizedPropertyException unknown ->
          "There is no member '%s'; there are %s".formatted(member, known(unknown));
      case InvalidFormatException invalid ->
          "'%s' is '%s'; it must be %s"
              .formatted(member, shortened(invalid.getValue()), word(invalid.getTargetType()));
      case MismatchedInputException mismatched ->
          "'%s' must be %s".formatted(member, word(mismatched.getTargetType()));
      default -> "'%s' makes no sense".formatted(member);
    };
  }

  /** Such as {@code records[3].tokens}. */
  private static String member(JsonMappingException failure) {
    return failure.getPath().stream()
        .map(
            step ->
                step.getFieldName() == null
                    ? "[%s]".formatted(step.getIndex())
                    : "." + step.getFieldName())
        .collect(Collectors.joining())
        .replaceFirst("^\\.", "");
  }

  private static Collection<?> known(UnrecognizedPropertyException failure) {
    Collection<Object> known = failure.getKnownPropertyIds();
    return known == null
        ? new TreeSet<>()
        : known.stream().map(Object::toString).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String shortened(@Nullable Object value) {
    String text = String.valueOf(value);
    return text.length() > MAX_VALUE ? text.substring(0, MAX_VALUE) + "..." : text;
  }

  private static String word(@Nullable Class<?> type) {
    if (type == null) {
      return "a value of another type";
    }
    if (type == Integer.class || type == Long.class || type == int.class || type == long.class) {
      return "a whole number";
    }
    if (Number.class.isAssignableFrom(type)) {
      return "a number";
    }
    if (type == Boolean.class || type == boolean.class) {
      return "true or false";
    }
    if (type == Instant.class) {
      return "a time such as 2026-11-20T18:00:00Z";
    }
    if (type == String.class) {
      return "a text";
    }
    return Collection.class.isAssignableFrom(type) ? "a list" : "an object";
  }
}
