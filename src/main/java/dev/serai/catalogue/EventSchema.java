package dev.serai.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.OutputFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/** What the data of one version of a type must be. */
public final class EventSchema {

  private final String type;
  private final int version;
  private final JsonNode text;
  private final JsonSchema compiled;

  EventSchema(String type, int version, JsonNode text, JsonSchema compiled) {
    this.type = type;
    this.version = version;
    this.text = text;
    this.compiled = compiled;
  }

  /** The type, such as {@code foundation.updated}. */
  public String type() {
    return type;
  }

  /** Its version, from 1. */
  public int version() {
    return version;
  }

  /** The JSON Schema as its file has it. */
  public JsonNode text() {
    return text;
  }

  /** Its title. */
  public String title() {
    return text.path("title").asText();
  }

  /** When such an event happens. */
  public String description() {
    return text.path("description").asText();
  }

  /** Data that it takes. */
  public List<JsonNode> examples() {
    return StreamSupport.stream(text.path("examples").spliterator(), false).toList();
  }

  /** All that is wrong with data, up to a number of findings. */
  List<Violation> violations(JsonNode data, int most) {
    return compiled.validate(data).stream().limit(most).map(Violation::of).toList();
  }

  /** The first thing that is wrong with data, which is found sooner; none if it fits. */
  List<Violation> firstViolation(JsonNode data) {
    return compiled
        .validate(
            data,
            OutputFormat.DEFAULT,
            (context, validation) -> context.getExecutionConfig().setFailFast(true))
        .stream()
        .limit(1)
        .map(Violation::of)
        .toList();
  }
}
