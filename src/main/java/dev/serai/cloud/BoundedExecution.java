package dev.serai.cloud;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.client5.http.classic.ExecRuntime;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.concurrent.Cancellable;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/**
 * Gives a whole call, from the connection to the last byte of the answer, one limit of time, and an
 * answer one of size. A socket's own timeout starts anew with every byte, and a worker that waits
 * in a socket can't be interrupted.
 */
final class BoundedExecution implements ExecChainHandler, AutoCloseable {

  private final ScheduledExecutorService alarms =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("http-limits").factory());
  private final int maxResponse;
  private final Function<ClassicHttpRequest, Duration> limits;

  /**
   * @param limits how long the call of a request may take
   */
  BoundedExecution(int maxResponse, Function<ClassicHttpRequest, Duration> limits) {
    this.maxResponse = maxResponse;
    this.limits = limits;
  }

  /** A client that makes one plain call: no redirect, repetition, cookie or compression. */
  void configure(HttpClientBuilder builder, HttpClientConnectionManager connections) {
    builder
        .setConnectionManager(connections)
        .setConnectionManagerShared(true)
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .setUserAgent("Serai")
        .addExecInterceptorFirst("serai-limits", this);
  }

  @Override
  public ClassicHttpResponse execute(
      ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
      throws IOException, HttpException {
    Duration limit = limits.apply(scope.originalRequest);
    AtomicBoolean late = new AtomicBoolean();
    ScheduledFuture<?> alarm =
        alarms.schedule(
            () -> {
              late.set(true);
              if (scope.originalRequest instanceof Cancellable connected) {
                connected.cancel();
              }
            },
            limit.toMillis(),
            TimeUnit.MILLISECONDS);
    try {
      return readAtMost(chain.proceed(request, scope), scope.execRuntime);
    } catch (IOException | RuntimeException e) {
      if (!late.get()) {
        throw e;
      }
      SocketTimeoutException timeout =
          new SocketTimeoutException(
              "Host '%s' did not answer within %s ms"
                  .formatted(scope.route.getTargetHost().getHostName(), limit.toMillis()));
      timeout.initCause(e);
      throw timeout;
    } finally {
      alarm.cancel(false);
    }
  }

  /** What is left of a longer answer goes down with its connection. */
  private ClassicHttpResponse readAtMost(ClassicHttpResponse response, ExecRuntime runtime)
      throws IOException {
    HttpEntity entity = response.getEntity();
    if (entity == null) {
      return response;
    }
    byte[] read;
    try {
      read = entity.getContent().readNBytes(maxResponse + 1);
    } catch (IOException e) {
      runtime.discardEndpoint();
      throw e;
    }
    if (read.length > maxResponse) {
      // To close the answer or its stream would be to read all of it.
      runtime.discardEndpoint();
    }
    int kept = Math.min(read.length, maxResponse);
    ContentType type = ContentType.parseLenient(entity.getContentType());
    // Nothing was offered, so what is packed is not unpacked: it could be a bomb.
    response.removeHeaders(HttpHeaders.CONTENT_ENCODING);
    response.setEntity(new ByteArrayEntity(read, 0, kept, type));
    return response;
  }

  @Override
  public void close() {
    alarms.shutdownNow();
  }
}
