package dev.serai.cloud;

import java.time.Duration;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;

/**
 * Makes camel-http's client one that asks a provider: bounded in time and size, and without
 * redirects, which would take the token elsewhere, or repetitions, which the deliveries make.
 */
final class QuestionClient implements HttpClientConfigurer, AutoCloseable {

  private static final int MAX_CONNECTIONS = 64;

  private final PoolingHttpClientConnectionManager connections =
      PoolingHttpClientConnectionManagerBuilder.create()
          .setMaxConnTotal(MAX_CONNECTIONS)
          .setMaxConnPerRoute(MAX_CONNECTIONS)
          .build();
  private final BoundedExecution limits;

  /**
   * @param maxResponse bytes of an answer that are read
   * @param timeout of a whole call
   */
  QuestionClient(int maxResponse, Duration timeout) {
    this.limits = new BoundedExecution(maxResponse, request -> timeout);
  }

  @Override
  public void configureHttpClient(HttpClientBuilder builder) {
    limits.configure(builder, connections);
  }

  @Override
  public void close() {
    limits.close();
    connections.close();
  }
}
