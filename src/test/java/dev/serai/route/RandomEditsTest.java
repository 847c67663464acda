package dev.serai.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ModelCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Can anything that an author types take down what runs? {@code -Dserai.edits=200} makes more edits
 * and {@code -Dserai.seed} repeats those of another run.
 */
@Execution(ExecutionMode.CONCURRENT)
class RandomEditsTest {

  /** Not of this package, whose messages a hub under edit does not print. */
  private static final Logger log = LoggerFactory.getLogger("random-edits");

  @TempDir private Path folder;

  @Test
  void everyRouteThatWasGoodKeepsAnsweringAndNothingIsLeftBehind() throws Exception {
    long seed = Long.getLong("serai.seed", System.nanoTime());
    List<String> done = new ArrayList<>();
    try (EditedHub hub = EditedHub.start(folder, RandomEdits.files())) {
      RandomEdits edits = new RandomEdits(hub, new Random(seed));
      edits.restore();
      Map<String, Object> before = what(hub);
      AtomicBoolean running = new AtomicBoolean(true);
      AtomicInteger answers = new AtomicInteger();
      Queue<String> failures = new ConcurrentLinkedQueue<>();
      Thread asking = Thread.ofVirtual().start(() -> ask(hub, edits, running, answers, failures));
      for (int i = 0; i < Integer.getInteger("serai.edits", 20); i++) {
        done.add(edits.edit());
      }
      running.set(false);
      asking.join();
      edits.restore();

      assertThat(failures).isEmpty();
      assertThat(answers.get()).isGreaterThan(100);
      // The users of a Kamelet are loaded anew after they answered with it.
      await().untilAsserted(() -> assertThat(what(hub)).isEqualTo(before));
      log.warn("{} edits of seed {}, {} answers beside them", done.size(), seed, answers);
    } catch (Exception | AssertionError e) {
      throw new AssertionError("Seed %s, after %s".formatted(seed, done), e);
    }
  }

  /** Asks all doors without pause; one that is replaced makes its caller wait, no more. */
  private static void ask(
      EditedHub hub,
      RandomEdits edits,
      AtomicBoolean running,
      AtomicInteger answers,
      Queue<String> failures) {
    while (running.get()) {
      for (String door : edits.open()) {
        try {
          if (hub.ask(door) == null) {
            failures.add(door + " said nothing");
          }
          answers.incrementAndGet();
        } catch (RuntimeException e) {
          if (edits.open().contains(door)) {
            failures.add("%s: %s".formatted(door, e));
          }
        }
      }
      LockSupport.parkNanos(10_000_000);
    }
  }

  /** Whatever could be left behind: routes, definitions, endpoints, templates, threads. */
  private static Map<String, Object> what(EditedHub hub) {
    DefaultCamelContext camel = (DefaultCamelContext) hub.camel();
    ModelCamelContext model = camel;
    Map<String, Object> found = new TreeMap<>();
    found.put("routes", camel.getRoutesSize());
    found.put("definitions", model.getRouteDefinitions().size());
    found.put("templates", model.getRouteTemplateDefinitions().size());
    found.put("configurations", model.getRouteConfigurationDefinitions().size());
    found.put(
        "endpoints",
        camel.getEndpoints().stream()
            .map(endpoint -> endpoint.getEndpointUri().replaceAll("stamp-\\d+", "stamp-N"))
            // Camel keeps those that routes have made apart from those that callers have: who
            // asks a door that is being replaced may be the first to need it.
            .distinct()
            .sorted()
            .toList());
    found.put(
        "threads",
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().contains("(%s)".formatted(camel.getName())))
            .count());
    return found;
  }
}
