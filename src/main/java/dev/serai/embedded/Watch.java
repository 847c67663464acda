package dev.serai.embedded;

import java.io.IOException;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one server running: adopts or starts it, starts it again when it dies, stops it at the end.
 */
final class Watch implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Watch.class);
  private static final long LOOK_EVERY_MILLIS = 200;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Server server;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;

  /** Returns when the server runs. */
  static Watch over(Server server) throws IOException {
    OptionalLong running = server.pid();
    if (running.isPresent()) {
      log.info(
          "Embedded {} still runs as process {}; it is taken over",
          server.name(),
          running.getAsLong());
      Await.until(PATIENCE, server::answers, () -> server.name() + " runs but does not answer");
    } else {
      long begin = System.nanoTime();
      server.leaveTakenPort();
      server.start();
      log.info(
          "Embedded {} started in {} ms",
          server.name(),
          TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin));
    }
    return new Watch(server);
  }

  private Watch(Server server) {
    this.server = server;
    this.thread = Thread.ofPlatform().daemon().name("embedded-" + server.name()).start(this::watch);
  }

  private void watch() {
    boolean said = false;
    try {
      while (!closing.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
        said = !look(said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Says whether the server runs, started again if need be. A first attempt often fails while the
   * dead server's children still hold its memory; others while the disk is full, or because the new
   * process is killed, too. Whatever it is, the next look comes soon.
   */
  private boolean look(boolean quiet) {
    try {
      if (server.pid().isPresent()) {
        return true;
      }
      if (!quiet) {
        log.error("Embedded {} has died; starting it again", server.name());
      }
      server.start();
      log.info("Embedded {} runs again", server.name());
      return true;
    } catch (EmbeddedServerException | IOException e) {
      if (!quiet) {
        log.warn("Embedded {} does not start yet: {}", server.name(), e.getMessage());
      }
      return false;
    }
  }

  @Override
  public void close() throws IOException, InterruptedException {
    closing.countDown();
    thread.join();
    server.stop();
  }
}
