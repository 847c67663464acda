package dev.serai.embedded;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * A server process that outlives the hub that started it.
 *
 * <p>It is a daemon in a session of its own, so that Ctrl-C in the hub's terminal reaches the hub
 * alone and a killed hub takes no data with it. The next hub on the same folder adopts what still
 * runs.
 */
interface Server {

  String name();

  /** The process that runs on this server's folder, or empty. */
  OptionalLong pid() throws IOException;

  /** Before the first start: chooses another port if a stranger has the one of the last time. */
  void leaveTakenPort() throws IOException;

  /**
   * Starts the process, where it was before, and returns when it answers: its clients know no other
   * address.
   */
  void start() throws IOException;

  /** Whether the process takes commands; one that recovers from a crash does not yet. */
  boolean answers() throws IOException;

  /** Stops the process in an orderly way and returns when it is gone. */
  void stop() throws IOException;
}
