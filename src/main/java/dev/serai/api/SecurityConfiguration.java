package dev.serai.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;

/**
 * Who may use what: the API, the detailed health and the metrics need a key; liveness, readiness
 * and the plain health do not. Webhooks have a context of their own and prove themselves by
 * signature.
 */
@Configuration(proxyBeanMethods = false)
class SecurityConfiguration {

  @Bean
  ApiKeys apiKeys(@Value("${serai.api.keys:}") String keys, @Value("${serai.data.dir}") Path data)
      throws IOException {
    return ApiKeys.load(keys, data);
  }

  @Bean
  @Order(1)
  SecurityFilterChain keyed(HttpSecurity http, ApiKeys keys, ObjectMapper json) throws Exception {
    return stateless(http)
        .securityMatcher("/api/**", "/health/detailed", "/metrics", "/metrics/**")
        .addFilterBefore(new ApiKeyFilter(keys, json), AuthorizationFilter.class)
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .build();
  }

  @Bean
  @Order(2)
  SecurityFilterChain open(HttpSecurity http) throws Exception {
    return stateless(http)
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
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
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS));
  }
}
