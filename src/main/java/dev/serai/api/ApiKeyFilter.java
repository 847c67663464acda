package dev.serai.api;

import dev.serai.redis.RedisUnavailableException;
import io.lettuce.core.RedisException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Lets in whoever shows a key or the token of a session: {@code Authorization: Bearer <key>}. */
final class ApiKeyFilter extends OncePerRequestFilter {

  private static final String BEARER = "Bearer ";
  private static final String LOGGED_AS = "api_key_name";

  private final Credentials keys;
  private final @Nullable FailedKeys failed;
  private final ProblemWriter problems;

  /**
   * @param failed null if anybody may guess for as long as it likes
   */
  ApiKeyFilter(Credentials keys, @Nullable FailedKeys failed, ProblemWriter problems) {
    this.keys = keys;
    this.failed = failed;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      refuse(request, response, "Show a key: Authorization: Bearer <key>");
      return;
    }
    Optional<ApiKey> key;
    try {
      key = keys.find(header.substring(BEARER.length()).strip());
    } catch (RedisUnavailableException | RedisException e) {
      response.setHeader("Retry-After", "1");
      problems.write(
          request,
          response,
          HttpStatus.SERVICE_UNAVAILABLE,
          "storage",
          "Redis can't be used at the moment, so tokens of sessions can't be checked; keys can");
      return;
    }
    String address = request.getRemoteAddr();
    if (failed != null
        && !(key.isPresent() ? failed.mayUse(address, key.get()) : failed.mayFail(address))) {
      response.setHeader("Retry-After", Integer.toString(failed.retryAfter()));
      problems.write(
          request,
          response,
          HttpStatus.TOO_MANY_REQUESTS,
          "failures",
          "Too many wrong keys came from %s; see serai.api.failures".formatted(address));
    } else if (key.isEmpty()) {
      refuse(request, response, "This key is not one of the hub's");
    } else {
      SecurityContextHolder.getContext()
          .setAuthentication(
              UsernamePasswordAuthenticationToken.authenticated(key.get(), null, List.of()));
      try (MDC.MDCCloseable name = MDC.putCloseable(LOGGED_AS, key.get().name())) {
        chain.doFilter(request, response);
      }
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, String detail)
      throws IOException {
    response.setHeader("WWW-Authenticate", "Bearer");
    problems.write(request, response, HttpStatus.UNAUTHORIZED, "unauthorized", detail);
  }
}
