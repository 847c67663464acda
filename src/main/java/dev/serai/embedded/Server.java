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

  /** Starts the process and returns when it answers. */
  void start() throws IOException;

  /** Whether the process takes commands; one that recovers from a crash does not yet. */
  boolean answers() throws IOException;

  /** Stops the process in an orderly way and returns when it is gone. */
  void stop() throws IOException;
}
