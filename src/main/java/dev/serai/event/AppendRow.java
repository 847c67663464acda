package dev.serai.event;

import java.util.Comparator;
import java.util.UUID;

/**
 * An event on its way into the log, with the id that it gets if its key is new.
 *
 * @param stored its body as it is stored
 */
record AppendRow(UUID id, NewEvent event, byte[] stored) {

  static AppendRow of(UUID id, NewEvent event, SensitiveBodies bodies) {
    return new AppendRow(
        id, event, event.sensitive() ? bodies.seal(id, event.body()) : event.body());
  }

  /** The one order in which all hubs insert keys. */
  static final Comparator<AppendRow> BY_KEY =
      Comparator.comparing((AppendRow row) -> row.event.source())
          .thenComparing(row -> row.event.key());

  SourceKey key() {
    return new SourceKey(event.source(), event.key());
  }
}
