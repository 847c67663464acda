package dev.serai.cloud.google;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;

/** Whether each of Google's services can be used, as it was when it was last asked. */
public final class Integrations implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Integrations.class);

  private final List<Integration> integrations;
  private final Duration every;
  private final Clock clock;
  private final Map<String, State> states = new ConcurrentHashMap<>();
  private volatile @Nullable Thread checks;

  /**
   * How an integration is.
   *
   * @param problem why it can't be used; null if it can
   * @param at when it was asked
   */
  public record State(@Nullable String problem, Instant at) {}

  Integrations(List<Integration> integrations, Duration every, Clock clock) {
    this.integrations = List.copyOf(integrations);
    this.every = every;
    this.clock = clock;
  }

  /** Asks each now and then, once routes have said what they need: none holds up the start. */
  @EventListener(ApplicationReadyEvent.class)
  void open() {
    checks = Thread.ofVirtual().name("integrations").start(this::checkNowAndThen);
  }

  private void checkNowAndThen() {
    try {
      while (true) {
        check();
        Thread.sleep(every);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks all side by side, and returns when each has answered. */
  void check() throws InterruptedException {
    List<Thread> threads =
        integrations.stream()
            .map(
                integration ->
                    Thread.ofVirtual()
                        .name("integration-" + integration.name())
                        .start(() -> check(integration)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void check(Integration integration) {
    String problem = null;
    try {
      integration.check();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return;
    } catch (Exception e) {
      problem = String.valueOf(e.getMessage());
    }
    State now = new State(problem, clock.instant());
    State before = states.put(integration.name(), now);
    if (problem != null && (before == null || !problem.equals(before.problem))) {
      log.error("Integration {} can't be used: {}", integration.name(), problem);
    } else if (problem == null && before != null && before.problem != null) {
      log.info("Integration {} can be used again", integration.name());
    }
  }

  /** By name; those that have not been asked yet are missing. */
  public Map<String, State> states() {
    return new TreeMap<>(states);
  }

  @Override
  public void close() {
    Thread running = checks;
    if (running != null) {
      running.interrupt();
    }
  }
}
