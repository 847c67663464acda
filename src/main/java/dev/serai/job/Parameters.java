package dev.serai.job;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters that a job's runs may have. */
record Parameters(List<Parameter> all) {

  static Parameters of(Definition definition) {
    return of(definition.parameters());
  }

  /**
   * @param text {@code days:integer=30, workspace:text?}: names, types, and what is optional
   * @throws IllegalArgumentException naming what can't be
   */
  static Parameters of(String text) {
    return new Parameters(
        Arrays.stream(text.split(",", -1))
            .map(String::strip)
            .filter(item -> !item.isEmpty())
            .map(Parameter::of)
            .toList());
  }

  /** What a run has that is given nothing. */
  Map<String, Object> defaults() {
    Map<String, Object> values = new LinkedHashMap<>();
    for (Parameter parameter : all) {
      Object fallback = parameter.fallback();
      if (fallback != null) {
        values.put(parameter.name(), fallback);
      }
    }
    return values;
  }

  /** Without this one nobody could run it by the clock. */
  @Nullable Parameter firstRequired() {
    return all.stream().filter(Parameter::required).findFirst().orElse(null);
  }

  /**
   * What a run has that is given these.
   *
   * @throws InvalidParameterException naming the first that can't be
   */
  Map<String, Object> with(Map<String, ?> given) {
    List<String> names = all.stream().map(Parameter::name).toList();
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        throw InvalidParameterException.unknown(name, names);
      }
    }
    Map<String, Object> values = defaults();
    for (Parameter parameter : all) {
      Object value = given.get(parameter.name());
      if (value != null) {
        values.put(parameter.name(), parameter.value(value));
      } else if (parameter.required()) {
        throw InvalidParameterException.missing(parameter.name(), parameter.type());
      }
    }
    return values;
  }
}
