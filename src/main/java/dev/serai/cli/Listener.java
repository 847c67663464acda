package dev.serai.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Delivers events one after the other, each until the program takes it, and keeps the position. */
final class Listener implements AutoCloseable {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(250);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private final Interruption interruption = new Interruption();
  private final Position position;
  private final @Nullable Forwarder forwarder;
  private final int attempts;
  private final Consumer<String> report;

  /**
   * @param forwarder none, if events are only looked at
   * @param attempts after so many answers other than 2xx it goes on to the next event; 0 for never
   * @param report takes what is to be said about the program
   */
  Listener(
      Position position, @Nullable Forwarder forwarder, int attempts, Consumer<String> report) {
    this.position = position;
    this.forwarder = forwarder;
    this.attempts = attempts;
    this.report = report;
  }

  /** Keeps a place at which nothing is delivered. */
  void pass(StreamedEvent place) throws IOException, InterruptedException {
    interruption.hold(
        () -> {
          position.save(place);
          return 0;
        });
  }

  /**
   * Returns the last answer: 2xx, unless the attempts are used up; 0 without a program, and for a
   * sensitive event, whose body stays in the hub.
   */
  int deliver(StreamedEvent event) throws IOException, InterruptedException {
    String trouble = "";
    int answers = 0;
    for (long pause = FIRST_PAUSE.toMillis();
        ;
        pause = Math.min(pause * 2, LONGEST_PAUSE.toMillis())) {
      String now;
      try {
        boolean last = ++answers == attempts;
        int status = interruption.hold(() -> attempt(event, last));
        if (isTaken(status) || last) {
          if (!trouble.isEmpty()) {
            report.accept("%s answers %s".formatted(target(), status));
          }
          return status;
        }
        now = "%s answers %s to %s".formatted(target(), status, event.id());
      } catch (Forwarder.TroubleException e) {
        answers--;
        now = String.valueOf(e.getMessage());
      }
      if (!now.equals(trouble)) {
        report.accept(now + "; trying again");
        trouble = now;
      }
      TimeUnit.MILLISECONDS.sleep(pause);
    }
  }

  private int attempt(StreamedEvent event, boolean last) throws IOException, InterruptedException {
    int status = forwarder == null || event.sensitive() ? 0 : forwarder.post(event);
    if (isTaken(status) || last) {
      position.save(event);
    }
    return status;
  }

  private static boolean isTaken(int status) {
    return status == 0 || status / 100 == 2;
  }

  private String target() {
    return forwarder == null ? "" : forwarder.target().toString();
  }

  @Override
  public void close() {
    interruption.close();
  }
}
