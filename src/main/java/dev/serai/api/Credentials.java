package dev.serai.api;

import dev.serai.redis.Session;
import dev.serai.redis.SessionTokens;
import dev.serai.redis.Sessions;
import java.util.Optional;

/**
 * What callers show: a key, or the token of a session. A session never opens more than its key does
 * by now, and nothing once the key is gone.
 */
final class Credentials {

  private final ApiKeys keys;
  private final Sessions sessions;

  Credentials(ApiKeys keys, Sessions sessions) {
    this.keys = keys;
    this.sessions = sessions;
  }

  /**
   * Who calls; empty if it is nobody known.
   *
   * @throws RuntimeException of Redis, if it is a token and Redis can't be asked
   */
  Optional<ApiKey> find(String shown) {
    return SessionTokens.isToken(shown)
        ? sessions.ofToken(shown).flatMap(this::ofSession)
        : keys.find(shown);
  }

  private Optional<ApiKey> ofSession(Session session) {
    String name = session.data().key();
    String word = session.data().role();
    if (name == null || word == null) {
      return Optional.empty();
    }
    return Role.of(word)
        .flatMap(
            role ->
                keys.named(name)
                    .map(
                        key ->
                            key.inSession(
                                session.id(),
                                session.data().user(),
                                key.role().mayDoWhat(role) ? role : key.role())));
  }
}
