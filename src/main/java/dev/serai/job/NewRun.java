package dev.serai.job;

import dev.serai.event.NewEvent;
import dev.serai.event.OwnEvent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A run that is to be made of a slot.
 *
 * @param occasion tells apart several runs of a slot: empty for that of the slot itself
 */
record NewRun(
    Job job,
    Instant slot,
    RunKind kind,
    String occasion,
    Map<String, ? extends @Nullable Object> parameters,
    @Nullable String requestedBy) {

  /** The source of slots. */
  static final String SOURCE = "job";

  static NewRun of(Job job, Instant slot, RunKind kind) {
    return new NewRun(job, slot, kind, "", Parameters.of(job.definition()).defaults(), null);
  }

  /** One event a slot: the log takes a key once. */
  NewEvent event() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("job", job.name());
    body.put("slot", slot.toString());
    body.put("kind", kind.word());
    body.put("parameters", parameters);
    return OwnEvent.of(
            SOURCE,
            job.type(),
            occasion.isEmpty()
                ? "%s/%s".formatted(job.name(), slot)
                : "%s/%s/%s".formatted(job.name(), slot, occasion),
            job.name(),
            workspace(),
            slot,
            body)
        .withPriority(job.definition().priority());
  }

  /** A run that is for one workspace says so in its parameter of this name. */
  private @Nullable String workspace() {
    return parameters.get("workspace") instanceof String workspace ? workspace : null;
  }
}
