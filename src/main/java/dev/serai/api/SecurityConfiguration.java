package dev.serai.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.limit.SharedRates;
import dev.serai.redis.Sessions;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/**
 * Who may use what: the API, the detailed health and the metrics need a key, whose role says how
 * much; liveness, readiness and the plain health do not. Webhooks have a context of their own and
 * prove themselves by signature.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ApiSettings.class)
class SecurityConfiguration {

  @Bean
  ApiKeys apiKeys(ApiSettings settings, @Value("${serai.data.dir}") Path data) throws IOException {
    return ApiKeys.load(settings.keys(), data);
  }

  @Bean
  ProblemWriter problemWriter(ObjectMapper json) {
    return new ProblemWriter(json);
  }

  @Bean
  @Order(1)
  SecurityFilterChain keyed(
      HttpSecurity http,
      ApiSettings settings,
      ApiKeys keys,
      Sessions sessions,
      AuditLog audit,
      ProblemWriter problems,
      MeterRegistry registry,
      SharedRates shared,
      ObjectMapper json)
      throws Exception {
    if (!settings.corsOrigins().isEmpty()) {
      http.addFilter(CrossOrigin.filter(settings.corsOrigins(), json));
    }
    http.addFilterBefore(
        new ApiKeyFilter(new Credentials(keys, sessions), failedKeys(settings), problems),
        AnonymousAuthenticationFilter.class);
    if (settings.rate() > 0) {
      KeyRates rates = new KeyRates(settings.rate(), settings.burst(), TimeMeter.SYSTEM_NANOTIME);
      http.addFilterBefore(
          new RateLimitFilter(
              rates,
              key -> shared.use(SharedRates.Scope.API, key, settings.rate(), settings.burst()),
              problems),
          AnonymousAuthenticationFilter.class);
    }
    return stateless(http)
        .securityMatcher("/api/**", "/health/detailed", "/metrics", "/metrics/**")
        .addFilterBefore(
            new AuditFilter(audit, problems, registry), AnonymousAuthenticationFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    .anyRequest()
                    .access(
                        (key, request) ->
                            new AuthorizationDecision(mayDo(key.get(), request.getRequest()))))
        .exceptionHandling(failures -> failures.accessDeniedHandler(denied(problems)))
        .build();
  }

  private static @Nullable FailedKeys failedKeys(ApiSettings settings) {
    return settings.failures() == 0
        ? null
        : new FailedKeys(settings.failures(), TimeMeter.SYSTEM_NANOTIME);
  }

  private static boolean mayDo(Authentication caller, HttpServletRequest request) {
    return caller.getPrincipal() instanceof ApiKey key
        && key.role().mayDoWhat(Role.neededFor(request));
  }

  private static AccessDeniedHandler denied(ProblemWriter problems) {
    return (request, response, failure) -> {
      ApiKey key = ApiKey.current();
      problems.write(
          request,
          response,
          HttpStatus.FORBIDDEN,
          "forbidden",
          "This needs a key with the role %s; '%s' has the role %s"
              .formatted(
                  Role.neededFor(request).word(),
                  key == null ? "" : key.name(),
                  key == null ? "" : key.role().word()));
    };
  }

  @Bean
  @Order(2)
  SecurityFilterChain open(HttpSecurity http) throws Exception {
    return stateless(http)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }

  /** What the firewall refuses, such as two slashes in a path. */
  @Bean
  RequestRejectedHandler rejected(ProblemWriter problems) {
    return (request, response, rejection) -> {
      response.setHeader("X-Content-Type-Options", "nosniff");
      problems.write(
          request,
          response,
          HttpStatus.BAD_REQUEST,
          HttpStatus.BAD_REQUEST.name().toLowerCase(Locale.ROOT),
          "The path, the method or a header of the request has what is not allowed there");
    };
  }

  /** There are no users: keys only. Without this bean Spring Boot would make one up. */
  @Bean
  UserDetailsService noUsers() {
    return new InMemoryUserDetailsManager();
  }

  private static HttpSecurity stateless(HttpSecurity http) throws Exception {
    return http.csrf(csrf -> csrf.disable())
        .requestCache(cache -> cache.disable())
        .logout(logout -> logout.disable())
        .headers(AnswerHeaders::configure)
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
  }
}
