package dev.serai.api;

import dev.serai.limit.RateUse;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps one key from taking the hubs for itself: what this hub alone allows is counted over all of
 * them, while Redis is there. Every answer says how much is left.
 */
final class RateLimitFilter extends OncePerRequestFilter {

  private final KeyRates rates;
  private final Function<String, Optional<RateUse>> shared;
  private final ProblemWriter problems;

  /**
   * @param shared counts a request of a key over all hubs; empty when that can't be done now
   */
  RateLimitFilter(
      KeyRates rates, Function<String, Optional<RateUse>> shared, ProblemWriter problems) {
    this.rates = rates;
    this.shared = shared;
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
    KeyRates.Use use = use(key.configuredName());
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

  /** This hub's bucket refuses nothing that the common count would allow. */
  private KeyRates.Use use(String key) {
    KeyRates.Use alone = rates.use(key);
    if (!alone.allowed()) {
      return alone;
    }
    Optional<RateUse> found = shared.apply(key);
    if (found.isPresent() && !found.get().allowed()) {
      rates.giveBack(key);
    }
    return found
        .map(
            use ->
                new KeyRates.Use(
                    use.allowed(),
                    use.limit(),
                    use.remaining(),
                    use.retryAfter(),
                    use.resetAfter()))
        .orElse(alone);
  }
}
