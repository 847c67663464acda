package dev.serai.webhook;

import dev.serai.event.KnownKeys;
import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import dev.serai.event.SchemaViolationException;
import dev.serai.event.StorageException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends events that providers were asked for, as the sources' webhooks would have. */
public final class Recoveries {

  /** The variable with the {@link Recovery} of a run. */
  static final String VARIABLE = "recovery";

  private static final Logger log = LoggerFactory.getLogger(Recoveries.class);

  private final Door door;
  private final KnownKeys known;
  private final MeterRegistry registry;

  Recoveries(Door door, KnownKeys known, MeterRegistry registry) {
    this.door = door;
    this.known = known;
    this.registry = registry;
  }

  /** A route begins to count with it: the variable {@code recovery} is what its steps find. */
  public void begin(Exchange exchange) {
    exchange.setVariable(VARIABLE, new Recovery());
  }

  /**
   * Appends what of these bodies the log does not have, and returns after the commit.
   *
   * @param by how they were asked for
   * @throws StorageException when the log can't be written; what is in it by then is known the next
   *     time
   */
  void append(String source, String by, List<byte[]> bodies, long looked, Recovery recovery) {
    Source target =
        door.source(source)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "recover-events: source is '%s', of which no route runs here"
                            .formatted(source)));
    List<NewEvent> events = new ArrayList<>(bodies.size());
    Set<String> keys = new HashSet<>();
    int refused = 0;
    for (byte[] body : bodies) {
      try {
        NewEvent event = target.recovered(body, by);
        if (keys.add(event.key())) {
          events.add(event);
        }
      } catch (RefusedException e) {
        refused++;
        refused(source, by, e);
      }
    }
    recovery.add(looked, 0, refused);
    if (events.isEmpty()) {
      return;
    }
    Set<String> there = known.of(source, keys);
    events.removeIf(event -> there.contains(event.key()));
    List<CompletableFuture<Receipt>> appends = new ArrayList<>(events.size());
    for (NewEvent event : events) {
      appends.add(append(event));
    }
    for (int i = 0; i < appends.size(); i++) {
      ended(events.get(i), by, appends.get(i), recovery);
    }
  }

  private CompletableFuture<Receipt> append(NewEvent event) {
    try {
      return door.log().append(event);
    } catch (SchemaViolationException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void ended(
      NewEvent event, String by, CompletableFuture<Receipt> append, Recovery recovery) {
    try {
      if (append.join().status() == Receipt.Status.ACCEPTED) {
        recovery.add(0, 1, 0);
        count(event.source(), by);
      }
    } catch (CompletionException e) {
      RuntimeException why = e.getCause() instanceof RuntimeException cause ? cause : e;
      boolean lasting =
          why instanceof SchemaViolationException
              || why instanceof StorageException storage && storage.isOfData();
      if (!lasting) {
        throw why;
      }
      recovery.add(0, 0, 1);
      refused(event.source(), by, why);
    }
  }

  private static void refused(String source, String by, Throwable why) {
    log.warn("Source '{}' does not take an event found by {}: {}", source, by, why.getMessage());
  }

  private void count(String source, String by) {
    Counter.builder("serai.events.recovered")
        .description("Events that no webhook had brought and that were found by asking")
        .tag("source", source)
        .tag("by", by)
        .register(registry)
        .increment();
  }
}
