package dev.serai.redis;

import java.time.Instant;

/**
 * A session as it was read.
 *
 * @param id names it; it opens nothing
 * @param data what it has
 * @param version 1, and one more with each change
 * @param lastActive when it was last used
 * @param expires when it ends unless it is used
 * @param ends when it ends at the latest
 */
public record Session(
    String id, SessionData data, long version, Instant lastActive, Instant expires, Instant ends) {

  /**
   * A new session with its token.
   *
   * @param token the secret that proves it; the hub does not keep it
   */
  public record Created(Session session, String token) {

    /** The token is a secret. */
    @Override
    public String toString() {
      return "Created[" + session.id + "]";
    }
  }
}
