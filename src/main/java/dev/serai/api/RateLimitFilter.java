package dev.serai.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/** Keeps one key from taking the hub for itself. Every answer says how much is left. */
final class RateLimitFilter extends OncePerRequestFilter {

  private final KeyRates rates;
  private final ProblemWriter problems;

  RateLimitFilter(KeyRates rates, ProblemWriter problems) {
    this.rates = rates;
    this.problems = problems;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ApiKey key = ApiKey.current();
    if (key == null) {
      chain.doFilter(request, response);
      return;
    }
    KeyRates.Use use = rates.use(key.configuredName());
    response.setHeader("RateLimit-Limit", Integer.toString(use.limit()));
    response.setHeader("RateLimit-Remaining", Long.toString(use.remaining()));
    response.setHeader("RateLimit-Reset", Long.toString(use.reset()));
    if (use.allowed()) {
      chain.doFilter(request, response);
    } else {
      response.setHeader("Retry-After", Long.toString(use.retryAfter()));
      problems.write(
          request,
          response,
          HttpStatus.TOO_MANY_REQUESTS,
          "rate",
          "Key '%s' makes more requests than serai.api.rate allows"
              .formatted(key.configuredName()));
    }
  }
}
