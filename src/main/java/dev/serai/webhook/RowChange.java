package dev.serai.webhook;

import java.util.Optional;
import java.util.Set;

/**
 * The change of a row, as Supabase's Database Webhooks tell it: {@code {"type", "table", "schema",
 * "record", "old_record"}}. A body with a table and a schema is held for one.
 *
 * <p>Source: supabase_functions.http_request in supabase/supabase's docker/volumes/db/webhooks.sql.
 */
final class RowChange {

  static final Set<String> POINTERS =
      Set.of("/type", "/table", "/schema", "/record", "/old_record");

  private RowChange() {}

  /** What keeps a body with a table and a schema from being the change of a row. */
  static Optional<String> problem(Envelope envelope) {
    if (envelope.scalar("/table").isEmpty() || envelope.scalar("/schema").isEmpty()) {
      return Optional.empty();
    }
    boolean before = envelope.isObject("/old_record");
    boolean after = envelope.isObject("/record");
    boolean whole =
        switch (envelope.text("/type").orElse("")) {
          case "INSERT" -> after;
          case "UPDATE" -> after && before;
          case "DELETE" -> before;
          default -> false;
        };
    return whole
        ? Optional.empty()
        : Optional.of(
            "It has a table and a schema, but is no change of a row: 'type' must be INSERT with a"
                + " record, UPDATE with both or DELETE with an old_record");
  }
}
