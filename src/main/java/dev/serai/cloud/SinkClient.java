package dev.serai.cloud;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.component.http.HttpClientConfigurer;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * Makes camel-http's client one that posts to strangers: guarded connections, which all sinks
 * share, and none of the client's own ideas about redirects, repetition, cookies and packing.
 */
final class SinkClient implements HttpClientConfigurer, AutoCloseable {

  private static final int MAX_CONNECTIONS = 2_000;
  private static final int MAX_CONNECTIONS_OF_A_HOST = 1_000;
  private static final int MAX_HEADERS = 100;
  private static final int MAX_HEADER_LENGTH = 16 * 1024;
  private static final Duration WITHOUT_BODY = Duration.ofSeconds(30);

  private final PoolingHttpClientConnectionManager connections;
  private final BoundedExecution limits;

  SinkClient(SinkSettings settings, Guard guard) {
    this.limits =
        new BoundedExecution(Math.toIntExact(settings.maxResponse().toBytes()), SinkClient::limit);
    this.connections =
        PoolingHttpClientConnectionManagerBuilder.create()
            .setDnsResolver(guard)
            .setConnectionFactory(
                ManagedHttpClientConnectionFactory.builder()
                    .http1Config(
                        Http1Config.custom()
                            .setMaxHeaderCount(MAX_HEADERS)
                            .setMaxLineLength(MAX_HEADER_LENGTH)
                            .build())
                    .build())
            .setDefaultConnectionConfig(
                ConnectionConfig.custom()
                    .setConnectTimeout(Timeout.of(settings.connectTimeout()))
                    .setTimeToLive(5, TimeUnit.MINUTES)
                    .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                    .build())
            .setMaxConnTotal(MAX_CONNECTIONS)
            .setMaxConnPerRoute(MAX_CONNECTIONS_OF_A_HOST)
            .build();
  }

  private static Duration limit(ClassicHttpRequest request) {
    return switch (request.getEntity()) {
      case PostEntity post -> post.limit();
      case null -> WITHOUT_BODY; // a task that gets or deletes
      default -> throw new IllegalStateException("Only http-post and tasks may use this client");
    };
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
