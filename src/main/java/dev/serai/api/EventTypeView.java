package dev.serai.api;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalogue.Violation;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type of events.
 *
 * @param type its name, such as {@code foundation.updated}
 * @param title its title; missing without a schema
 * @param description when such an event happens; missing without a schema
 * @param versions the versions of its schema, from the oldest; none if it has no schema, and its
 *     events are not checked
 * @param mode what becomes of events of it that the hub's own routes emit and whose data breaks the
 *     schema: off, warn or refuse; missing without a schema
 * @param outsideMode the same for sources that have no rule of their own; missing without a schema
 * @param subscriptions the names of the subscriptions that want it, from whatever source
 * @param lastSeenAt when the newest that is kept was received; missing if none is
 */
record EventTypeView(
    String type,
    @Nullable String title,
    @Nullable String description,
    List<Integer> versions,
    @Nullable String mode,
    @Nullable String outsideMode,
    List<String> subscriptions,
    @Nullable Instant lastSeenAt) {

  /**
   * The types of events.
   *
   * @param types those with a schema, those that a subscription names, and some that came without
   *     being either
   * @param problems schema files that don't count, and why
   */
  record Listing(List<EventTypeView> types, List<Problem> problems) {}

  /**
   * Why a schema file does not count; what was last right in its place does, if there was any.
   *
   * @param file its path below the routes directory
   * @param line counted from 1
   * @param message what is wrong
   */
  record Problem(String file, int line, String message) {}

  /**
   * A type with its schemas.
   *
   * @param type what the listing says of it
   * @param schemas its versions, from the oldest
   */
  record Detailed(EventTypeView type, List<Version> schemas) {}

  /**
   * What the data of one version must be.
   *
   * @param version from 1; the member schema_version of the data names it, else the oldest counts
   * @param schema a JSON Schema, draft 2020-12
   * @param examples data that it takes
   */
  record Version(int version, JsonNode schema, List<JsonNode> examples) {}

  /**
   * What a schema says to data.
   *
   * @param type the type
   * @param version the version that counts; 0 if the data names one that is not there
   * @param valid whether the data fits
   * @param violations what breaks the schema, 20 at most
   */
  record Checked(String type, int version, boolean valid, List<Broken> violations) {}

  /**
   * A place of the data that breaks a rule. It has no value of the data.
   *
   * @param pointer the place, a JSON pointer; empty for all of the data
   * @param kind what is there: object, array, string, integer, number, boolean, null
   * @param rule the schema's rule
   * @param message all of it in a sentence
   */
  record Broken(String pointer, String kind, String rule, String message) {

    static Broken of(Violation violation) {
      return new Broken(
          violation.pointer(), violation.kind(), violation.rule(), violation.sentence());
    }
  }
}
