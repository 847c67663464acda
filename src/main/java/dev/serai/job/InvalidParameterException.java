package dev.serai.job;

import java.util.Map;

/** A parameter of a run, or of a job's definition, that can't be. */
public final class InvalidParameterException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private static final Map<String, String> EXAMPLES =
      Map.of(
          "text", "any text",
          "integer", "a whole number such as 30",
          "number", "a number such as 0.5",
          "boolean", "true or false",
          "date", "a day such as 2026-11-30",
          "month", "a month such as 2026-11",
          "timestamp", "a time such as 2026-11-30T12:00:00Z");

  private final boolean unknownType;

  private InvalidParameterException(String message, boolean unknownType) {
    super(message);
    this.unknownType = unknownType;
  }

  static InvalidParameterException wrongType(String name, String type, String value) {
    return new InvalidParameterException(
        "Parameter '%s' is '%s'; it must be %s".formatted(name, value, EXAMPLES.get(type)), false);
  }

  static InvalidParameterException unknownType(String name, String type) {
    return new InvalidParameterException(
        "job: option 'parameters': '%s' has type '%s'; it must be one of %s"
            .formatted(name, type, EXAMPLES.keySet().stream().sorted().toList()),
        true);
  }

  static InvalidParameterException missing(String name, String type) {
    return new InvalidParameterException(
        "Parameter '%s' is missing; it must be %s".formatted(name, EXAMPLES.get(type)), false);
  }

  static InvalidParameterException unknown(String name, Iterable<String> known) {
    return new InvalidParameterException(
        "Parameter '%s' is unknown; the job has %s".formatted(name, known), false);
  }

  boolean isUnknownType() {
    return unknownType;
  }
}
