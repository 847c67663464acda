package dev.serai.api;

import dev.serai.redis.Session;
import dev.serai.redis.Sessions;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Sessions of users, and short-lived tokens that open the API. */
@RestController
@RequestMapping("/api/v1")
class SessionsController {

  private final Sessions sessions;

  SessionsController(Sessions sessions) {
    this.sessions = sessions;
  }

  /**
   * Begins a session. With a role its token opens the API as the caller's key would, but with that
   * role, until the session ends or the key is taken away.
   */
  @PostMapping("/sessions")
  @ResponseStatus(HttpStatus.CREATED)
  NewSession create(@RequestBody SessionRequest request) {
    return NewSession.of(request.create(sessions));
  }

  /**
   * Tells of a session.
   *
   * @param id the session, or {@code current} for that of the token that the call is made with
   * @param touch whether this uses it, so that it lives on for its idle time
   */
  @GetMapping("/sessions/{id}")
  SessionView get(@PathVariable String id, @RequestParam(defaultValue = "true") boolean touch) {
    String known = known(id);
    return SessionView.of(
        (touch ? sessions.get(known) : sessions.look(known)).orElseThrow(() -> missing(id)));
  }

  /**
   * Changes a session and uses it. Messages to append and parts of the context that others change
   * at the same time are all kept. Whole messages need the version that they are made of.
   *
   * @param id the session
   */
  @PatchMapping("/sessions/{id}")
  SessionView change(@PathVariable String id, @RequestBody SessionPatch patch) {
    patch.check();
    return SessionView.of(
        sessions.update(known(id), patch.version(), patch::apply).orElseThrow(() -> missing(id)));
  }

  /**
   * Uses a session, so that it lives on for its idle time.
   *
   * @param id the session
   * @param ttl another idle time from now on, e.g. {@code 2h}
   */
  @PostMapping("/sessions/{id}/extend")
  SessionView extend(
      @PathVariable String id, @RequestParam(required = false) @Nullable String ttl) {
    String known = known(id);
    Duration idle = ttl == null ? null : TtlParameter.parse("ttl", ttl);
    return SessionView.of(
        (idle == null ? sessions.get(known) : sessions.extend(known, idle))
            .orElseThrow(() -> missing(id)));
  }

  /**
   * Ends a session on all hubs. Everybody may end the {@code current} one.
   *
   * @param id the session
   */
  @DeleteMapping("/sessions/{id}")
  Ended delete(@PathVariable String id) {
    if (!sessions.delete(known(id))) {
      throw missing(id);
    }
    return new Ended(1);
  }

  /**
   * Lists the sessions of a user that are alive, the newest last.
   *
   * @param user whose
   */
  @GetMapping("/users/{user}/sessions")
  Listing list(@PathVariable String user) {
    return new Listing(sessions.of(user).stream().map(SessionView::of).toList());
  }

  /**
   * Ends all sessions of a user on all hubs: when this is answered none of them opens anything.
   *
   * @param user whose
   */
  @DeleteMapping("/users/{user}/sessions")
  Ended revoke(@PathVariable String user) {
    return new Ended(sessions.revokeAll(user));
  }

  private static String known(String id) {
    if (!id.equals("current")) {
      return id;
    }
    ApiKey key = ApiKey.current();
    if (key == null || key.session() == null) {
      throw Problem.badRequest("'id' is current, but the call is made with a key and not a token");
    }
    return key.session();
  }

  private static Problem missing(String id) {
    return Problem.notFound("session", id);
  }

  /**
   * The sessions of a user.
   *
   * @param sessions the newest last
   */
  record Listing(List<SessionView> sessions) {}

  /**
   * Sessions that were ended.
   *
   * @param ended how many
   */
  record Ended(long ended) {}

  /**
   * A session that has begun.
   *
   * @param id names it; it opens nothing
   * @param token the secret that stands for it, told this once: in {@code Authorization: Bearer}
   * @param session the session
   */
  record NewSession(String id, String token, SessionView session) {

    static NewSession of(Session.Created created) {
      return new NewSession(
          created.session().id(), created.token(), SessionView.of(created.session()));
    }

    /** The token is a secret. */
    @Override
    public String toString() {
      return "NewSession[" + id + "]";
    }
  }
}
