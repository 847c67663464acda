package dev.serai.cloud;

import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;

/**
 * Makes camel-http's client one that asks PhonePe: bounded in time and size, and without redirects,
 * which would take the token elsewhere, or repetitions, which the deliveries make.
 */
final class PhonePeClient implements HttpClientConfigurer, AutoCloseable {

  private static final int MAX_CONNECTIONS = 64;
  private static final int MAX_RESPONSE = 256 * 1024;

  private final PoolingHttpClientConnectionManager connections =
      PoolingHttpClientConnectionManagerBuilder.create()
          .setMaxConnTotal(MAX_CONNECTIONS)
          .setMaxConnPerRoute(MAX_CONNECTIONS)
          .build();
  private final BoundedExecution limits;

  PhonePeClient(PhonePeSettings settings) {
    this.limits = new BoundedExecution(MAX_RESPONSE, request -> settings.timeout());
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    builder
        .setConnectionManager(connections)
        .setConnectionManagerShared(true)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setUserAgent("Serai")
        .addExecInterceptorFirst("serai-limits", limits);
  }

  @Override
  public void close() {
    limits.close();
    connections.close();
  }
}
