package dev.serai.api;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.header.writers.StaticHeadersWriter;

/**
 * What every answer says to browsers: that it is data, not a page, belongs into no frame, and stays
 * in no cache.
 */
final class AnswerHeaders {

  private static final long YEAR = 31_536_000;

  private AnswerHeaders() {}

  static void configure(HeadersConfigurer<HttpSecurity> headers) {
    headers
        .contentSecurityPolicy(
            policy -> policy.policyDirectives("default-src 'none'; frame-ancestors 'none'"))
        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.NO_REFERRER))
        .cacheControl(cache -> cache.disable())
        .addHeaderWriter(new StaticHeadersWriter("Cache-Control", "no-store"))
        .httpStrictTransportSecurity(
            transport ->
                transport
                    .maxAgeInSeconds(YEAR)
                    .includeSubDomains(false)
                    .requestMatcher(AnswerHeaders::cameByTls));
  }

  /** A proxy that ends TLS says so; a browser ignores the header where it was not TLS. */
  private static boolean cameByTls(HttpServletRequest request) {
    return request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
  }
}
