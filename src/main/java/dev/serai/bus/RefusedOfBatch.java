package dev.serai.bus;

import dev.serai.event.Claimed;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.camel.Exchange;

/** Reads which deliveries of a batch a route says have failed. */
final class RefusedOfBatch {

  /** The variable that says so: reasons by number in the batch, or by the event's id. */
  private static final String VARIABLE = "serai.failed";

  private RefusedOfBatch() {}

  /**
   * @throws IllegalArgumentException when the variable names none of the batch; then all have
   *     failed
   */
  static Map<UUID, String> of(Exchange exchange, List<Claimed> batch) {
    Object said = exchange.getVariable(VARIABLE);
    if (said == null) {
      return Map.of();
    }
    if (!(said instanceof Map<?, ?> reasons)) {
      throw new IllegalArgumentException(
          "Variable '%s' is a %s; it must be a map from a number in the batch, or an event's id, to"
                  .formatted(VARIABLE, said.getClass().getSimpleName())
              + " a reason");
    }
    Map<UUID, String> failed = new HashMap<>();
    reasons.forEach((which, reason) -> failed.put(event(which, batch), String.valueOf(reason)));
    return failed;
  }

  private static UUID event(Object which, List<Claimed> batch) {
    String text = String.valueOf(which);
    for (int i = 0; i < batch.size(); i++) {
      UUID id = batch.get(i).event().id();
      if (text.equals(Integer.toString(i)) || text.equals(id.toString())) {
        return id;
      }
    }
    throw new IllegalArgumentException(
        "Variable '%s' names '%s', which is neither 0 to %s nor an id of the batch"
            .formatted(VARIABLE, text, batch.size() - 1));
  }
}
