package dev.serai.redis;

import com.fasterxml.jackson.databind.JsonNode;
import io.lettuce.core.ScriptOutputType;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of users. No hub keeps a copy, so that what one has ended no other takes for valid. Each
 * change is made to what was read and to nothing else: of two at the same time the second is made
 * again to what the first left.
 */
public final class Sessions {

  private static final Script CREATE = Script.of("session-create");
  private static final Script TOUCH = Script.of("session-touch");
  private static final Script UPDATE = Script.of("session-update");
  private static final int TRIES = 200;

  private final Redis redis;
  private final Keys keys;
  private final SessionSettings settings;
  private final SessionText text;
  private final Clock clock;
  private final Consumer<SessionChange> listener;
  private final SessionsOfUsers ofUsers;

  Sessions(
      Redis redis,
      Keys keys,
      SessionSettings settings,
      Clock clock,
      Consumer<SessionChange> listener) {
    this.redis = redis;
    this.keys = keys;
    this.settings = settings;
    this.text = new SessionText(settings);
    this.clock = clock;
    this.listener = listener;
    this.ofUsers = new SessionsOfUsers(redis, keys, clock, listener);
  }

  /** Begins a session whose token opens nothing of the API. */
  public Session.Created create(
      String user, @Nullable String workspace, @Nullable JsonNode metadata) {
    return create(user, workspace, metadata, null, null);
  }

  /**
   * Begins a session.
   *
   * @param key name of the API key that begins it
   * @param role what its token opens of the API, or null
   */
  public Session.Created create(
      String user,
      @Nullable String workspace,
      @Nullable JsonNode metadata,
      @Nullable String key,
      @Nullable String role) {
    Checks.name("user", user);
    if (workspace != null) {
      Checks.name("workspace", workspace);
    }
    String token = SessionTokens.create();
    String id = SessionTokens.id(token);
    long now = clock.millis();
    long idle = settings.idle().toMillis();
    long ends = now + settings.longest().toMillis();
    SessionData data = SessionData.of(user, workspace, metadata, now, key, role);
    Long count =
        CREATE.run(
            redis.require(),
            ScriptOutputType.INTEGER,
            List.of(keys.session(id), keys.sessionsOf(user)),
            id,
            text.write(data),
            Long.toString(now),
            Long.toString(idle),
            Long.toString(ends));
    if (count > settings.perUser()) {
      ofUsers.endOldest(user, count - settings.perUser());
    }
    listener.accept(new SessionChange("created", id, user, workspace));
    return new Session.Created(SessionText.session(id, data, 1, now, idle, ends), token);
  }

  /** Reads a session without using it. */
  public Optional<Session> look(String id) {
    return read(id, "look", "");
  }

  /** Reads a session and uses it: it lives on for its idle time. */
  public Optional<Session> get(String id) {
    return read(id, "touch", "");
  }

  /** The session of a token, used. */
  public Optional<Session> ofToken(String token) {
    return get(SessionTokens.id(token));
  }

  /**
   * Lets a session live for this time after each use, from now on, but no longer than {@code
   * serai.sessions.longest} in all.
   */
  public Optional<Session> extend(String id, Duration idle) {
    return read(id, "touch", Long.toString(Checks.millis("ttl", idle)));
  }

  private Optional<Session> read(String id, String how, String idle) {
    List<String> found =
        TOUCH.run(
            redis.require(),
            ScriptOutputType.MULTI,
            List.of(keys.session(Checks.name("id", id))),
            Long.toString(clock.millis()),
            how,
            idle);
    return found.isEmpty() ? Optional.empty() : Optional.of(text.read(id, found));
  }

  /**
   * Changes a session and uses it.
   *
   * @param expected the version that it must have, or null to change whatever it has by then; the
   *     change may then be asked for more than once
   * @return empty if there is none
   * @throws SessionConflictException when it has another version
   */
  public Optional<Session> update(
      String id, @Nullable Long expected, UnaryOperator<SessionData> change) {
    for (int i = 0; i < TRIES; i++) {
      Optional<Session> found = look(id);
      if (found.isEmpty()) {
        return found;
      }
      Session session = found.get();
      if (expected != null && session.version() != expected) {
        throw new SessionConflictException(id, expected);
      }
      Long version =
          UPDATE.run(
              redis.require(),
              ScriptOutputType.INTEGER,
              List.of(keys.session(id)),
              Long.toString(session.version()),
              text.write(change.apply(session.data())),
              Long.toString(clock.millis()));
      if (version == -1) {
        return Optional.empty();
      }
      if (version > 0) {
        return look(id);
      }
      LockSupport.parkNanos(100_000L * i); // The more others there are, the longer.
    }
    throw new SessionConflictException(id, expected == null ? 0 : expected);
  }

  /** Ends a session; whether there was one. */
  public boolean delete(String id) {
    Optional<Session> found = look(id);
    if (found.isEmpty()) {
      return false;
    }
    SessionData data = found.get().data();
    return ofUsers.end(data.user(), data.workspace(), List.of(id)) > 0;
  }

  /** The user's sessions that are alive, the newest last. */
  public List<Session> of(String user) {
    List<Session> alive = new ArrayList<>();
    for (String id : ofUsers.ids(user)) {
      look(id).ifPresent(alive::add);
    }
    return alive;
  }

  /**
   * Ends all sessions of a user on all hubs: those whose creation was answered before this was
   * asked are gone when it returns.
   *
   * @return how many there were
   */
  public long revokeAll(String user) {
    return ofUsers.end(user, null, ofUsers.ids(user));
  }
}
