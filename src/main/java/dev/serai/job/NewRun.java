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

  /** Its event. */
  NewEvent event() {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("job", job.name());
    body.put("slot", slot.toString());
    body.put("kind", kind.word());
    body.put("parameters", parameters);
    return OwnEvent.of(SOURCE, job.type(), key(), job.name(), workspace(), slot, body)
        .withPriority(job.definition().priority());
  }

  /** The log takes a key once. What somebody asks for is known by its occasion alone. */
  String key() {
    return switch (kind) {
      case SCHEDULED, CATCH_UP -> "%s/%s".formatted(job.name(), slot);
      case BACKFILL -> "%s/%s/%s".formatted(job.name(), slot, occasion);
      case MANUAL -> "%s/%s".formatted(job.name(), occasion);
    };
  }

  /** A run that is for one workspace says so in its parameter of this name. */
  private @Nullable String workspace() {
    return parameters.get("workspace") instanceof String workspace ? workspace : null;
  }
}
