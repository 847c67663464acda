package dev.serai.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/** Lets the configured web pages call the API, and no others. */
final class CrossOrigin extends DefaultCorsProcessor {

  private final ObjectMapper json;

  private CrossOrigin(ObjectMapper json) {
    this.json = json;
  }

  static CorsFilter filter(List<String> origins, ObjectMapper json) {
    CorsConfiguration allowed = new CorsConfiguration();
    allowed.setAllowedOrigins(origins);
    allowed.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    allowed.setAllowedHeaders(List.of("Authorization", "Content-Type", "X-Request-Id"));
    allowed.setExposedHeaders(
        List.of(
            "X-Request-Id",
            "Retry-After",
            "RateLimit-Limit",
            "RateLimit-Remaining",
            "RateLimit-Reset"));
    allowed.setAllowCredentials(false);
    allowed.setMaxAge(Duration.ofMinutes(10));
    UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
    everywhere.registerCorsConfiguration("/**", allowed);
    CorsFilter filter = new CorsFilter(everywhere);
    filter.setCorsProcessor(new CrossOrigin(json));
    return filter;
  }

  @Override
  protected void rejectRequest(ServerHttpResponse response) throws IOException {
    response.setStatusCode(HttpStatus.FORBIDDEN);
    response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
    json.writeValue(
        response.getBody(),
        Problem.body(
            HttpStatus.FORBIDDEN,
            "origin",
            "Pages of this origin may not call the API in this way; see serai.api.cors-origins"));
    response.flush();
  }
}
