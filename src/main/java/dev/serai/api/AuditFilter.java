package dev.serai.api;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Keeps every changing call but the traffic of services (decision 23), also those refused for want
 * of a role. One that can't be kept isn't made: see decision 16.
 */
final class AuditFilter extends OncePerRequestFilter {

  private static final Logger log = LoggerFactory.getLogger(AuditFilter.class);

  private final AuditLog audit;
  private final ProblemWriter problems;
  private final Counter failures;

  AuditFilter(AuditLog audit, ProblemWriter problems, MeterRegistry registry) {
    this.audit = audit;
    this.problems = problems;
    this.failures =
        Counter.builder("serai.audit.failures")
            .description("Rows of the audit log that could not be written")
            .register(registry);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ApiKey key = ApiKey.current();
    if (key == null || !Role.isAudited(request)) {
      chain.doFilter(request, response);
      return;
    }
    AuditLog.Call call = call(key, request, response);
    UUID id = begin(call);
    if (id == null) {
      response.setHeader("Retry-After", "1");
      problems.write(
          request,
          response,
          HttpStatus.SERVICE_UNAVAILABLE,
          "audit",
          "The audit log can't be written at the moment, so nothing is changed");
      return;
    }
    int status = HttpStatus.INTERNAL_SERVER_ERROR.value();
    try {
      chain.doFilter(request, response);
      status = response.getStatus();
    } finally {
      end(id, call, status, AuditNotes.of(request));
    }
  }

  private @Nullable UUID begin(AuditLog.Call call) {
    try {
      return audit.begin(call);
    } catch (DataAccessException e) {
      failures.increment();
      log.error(
          "{} {} of key '{}' is refused: the audit log can't be written: {}",
          call.method(),
          call.path(),
          call.key().name(),
          NestedExceptionUtils.getMostSpecificCause(e).getMessage());
      return null;
    }
  }

  private void end(UUID id, AuditLog.Call call, int status, AuditNotes notes) {
    String problem =
        status < 400 || notes.problem() == null ? null : Redaction.text(notes.problem());
    log.info(
        "{} {} of key '{}': {}{}",
        call.method(),
        call.path(),
        call.key().name(),
        status,
        problem == null ? "" : ", " + problem);
    try {
      audit.end(id, status, problem, Redaction.parameters(notes.parameters()));
    } catch (DataAccessException e) {
      failures.increment();
      log.error(
          "Row {} of the audit log stays without status {}: {}",
          id,
          status,
          NestedExceptionUtils.getMostSpecificCause(e).getMessage());
    }
  }

  private static AuditLog.Call call(
      ApiKey key, HttpServletRequest request, HttpServletResponse response) {
    Map<String, String> parameters = new HashMap<>();
    request
        .getParameterMap()
        .forEach((name, values) -> parameters.put(name, String.join(",", values)));
    return new AuditLog.Call(
        key,
        request.getRemoteAddr(),
        request.getMethod(),
        Redaction.text(request.getRequestURI()),
        Redaction.parameters(parameters),
        response.getHeader("X-Request-Id"));
  }
}
