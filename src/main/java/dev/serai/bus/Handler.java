package dev.serai.bus;

import dev.serai.event.Claimed;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a route does with deliveries: one at a time, unless it takes batches. */
interface Handler {

  Told handle(List<Claimed> deliveries) throws Exception;

  /**
   * What a route has to tell of deliveries that it has handled.
   *
   * @param result of all that succeeded, or null
   * @param failed why some of a batch did not, by their events
   */
  record Told(@Nullable String result, Map<UUID, String> failed) {
    static final Told NOTHING = new Told(null, Map.of());
  }
}
