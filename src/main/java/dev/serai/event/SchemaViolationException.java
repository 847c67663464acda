package dev.serai.event;

import java.util.List;

/**
 * The data of an event is not what the schema of its type says, and it was refused. What it says
 * names places and rules, never a value of the data; no other try will end otherwise.
 */
public final class SchemaViolationException extends IllegalArgumentException {

  /** The cause of a dead letter, of a refusal and of a problem. */
  public static final String CAUSE = "schema";

  private final List<String> violations;

  /**
   * @param type the event's
   * @param version which of its schemas it breaks; 0 for none that there is
   * @param violations what is wrong, in a sentence each
   */
  public SchemaViolationException(String type, int version, List<String> violations) {
    super(
        "The data is no %s%s: %s"
            .formatted(
                type, version == 0 ? "" : ", version " + version, String.join("; ", violations)));
    this.violations = List.copyOf(violations);
  }

  /** What is wrong, in a sentence each, without values of the data. */
  public List<String> violations() {
    return violations;
  }
}
