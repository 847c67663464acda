package dev.serai.api;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** What the holder of a key may do; each role may also do what those before it may. */
enum Role {
  /** Looks: every GET but the audit log. */
  VIEWER,
  /** Acts: replays, retries, pauses, appends. */
  OPERATOR,
  /** Sees who did what, too. */
  ADMIN;

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final List<PathPattern> ADMINS_ONLY =
      patterns(
          "/api/v1/audit/**",
          "/api/v1/redis/backup",
          "/api/v1/redis/restore",
          "/api/v1/redis/clean");

  /** What is posted and changes nothing. */
  private static final List<PathPattern> ASKING =
      patterns("/api/v1/rate-limits/peek", "/api/v1/flags/*/evaluate");

  /** Traffic of services, not acts of people. */
  private static final List<PathPattern> TRAFFIC =
      patterns(
          "/api/v1/rate-limits/check",
          "/api/v1/usage/**",
          "/api/v1/queues/*/dequeue",
          "/api/v1/queues/*/jobs/*/*",
          "/api/v1/channels/*");

  /** A change that is nobody else's: whoever has a token may give it back. */
  private static final String OWN_SESSION = "/api/v1/sessions/current";

  /** As it is written in keys and answers. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Role> of(String word) {
    return Arrays.stream(values()).filter(role -> role.word().equals(word)).findFirst();
  }

  boolean mayDoWhat(Role needed) {
    return compareTo(needed) >= 0;
  }

  /**
   * Refuses whoever has a smaller role.
   *
   * @param what needs it
   */
  void require(String what) {
    ApiKey key = ApiKey.current();
    if (key == null || !key.role().mayDoWhat(this)) {
      throw Problem.forbidden("%s needs a key with the role %s".formatted(what, word()));
    }
  }

  /**
   * The least role for a request. It goes by method and path, so that no controller is left out.
   */
  static Role neededFor(HttpServletRequest request) {
    return neededFor(request.getMethod(), request.getRequestURI());
  }

  static Role neededFor(String method, String path) {
    PathContainer parsed = PathContainer.parsePath(path);
    if (matches(ADMINS_ONLY, parsed)) {
      return ADMIN;
    }
    boolean givesBack = method.equals("DELETE") && path.equals(OWN_SESSION);
    return isReading(method) || isAsking(method, parsed) || givesBack ? VIEWER : OPERATOR;
  }

  /** Whether a call is kept in the audit log. */
  static boolean isAudited(HttpServletRequest request) {
    PathContainer path = PathContainer.parsePath(request.getRequestURI());
    return !isReading(request.getMethod())
        && !isAsking(request.getMethod(), path)
        && !(request.getMethod().equals("POST") && matches(TRAFFIC, path));
  }

  private static boolean isAsking(String method, PathContainer path) {
    return method.equals("POST") && matches(ASKING, path);
  }

  private static boolean matches(List<PathPattern> patterns, PathContainer path) {
    return patterns.stream().anyMatch(pattern -> pattern.matches(path));
  }

  private static List<PathPattern> patterns(String... paths) {
    return Arrays.stream(paths).map(PathPatternParser.defaultInstance::parse).toList();
  }

  /** Whether a method only looks. */
  static boolean isReading(String method) {
    return READING.contains(method);
  }
}
