package dev.serai.cli;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;

/** Posts an event to a program, once. */
final class Forwarder {

  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(3))
          .build();
  private final URI target;
  private final Duration timeout;
  private final boolean sign;
  private final ApiClient api;

  /**
   * @param sign whether the hub signs each request as the event's provider would
   */
  Forwarder(URI target, Duration timeout, boolean sign, ApiClient api) {
    this.target = target;
    this.timeout = timeout;
    this.sign = sign;
    this.api = api;
  }

  /**
   * Posts it.
   *
   * @return what the program answered
   * @throws TroubleException when it did not
   */
  int post(StreamedEvent event) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target)
            .timeout(timeout)
            .header("Content-Type", event.contentType())
            .header("serai-event-id", event.id())
            .header("serai-event-type", event.type())
            .header("serai-source", event.source())
            .POST(HttpRequest.BodyPublishers.ofByteArray(event.body()));
    if (sign) {
      sign(event, request);
    }
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (ConnectException e) {
      throw new TroubleException(target + " can't be reached", e);
    } catch (HttpTimeoutException e) {
      throw new TroubleException(
          "%s has not answered within %s s".formatted(target, timeout.toSeconds()), e);
    } catch (IOException e) {
      throw new TroubleException("%s broke off: %s".formatted(target, e.getMessage()), e);
    }
  }

  /** Anew for each attempt: signatures grow old. */
  private void sign(StreamedEvent event, HttpRequest.Builder request)
      throws IOException, InterruptedException {
    try {
      api.post(
              "/api/v1/events/%s/signature".formatted(ApiClient.encode(event.id())), Map.of(), null)
          .path("headers")
          .properties()
          .forEach(header -> request.header(header.getKey(), header.getValue().asText()));
    } catch (HubRefusal refusal) {
      if (refusal.isTemporary()) {
        throw new TroubleException("The hub does not sign: " + refusal.getMessage(), refusal);
      }
      throw refusal;
    } catch (IOException e) {
      throw new TroubleException("The hub can't be asked to sign", e);
    }
  }

  URI target() {
    return target;
  }

  /** An attempt that got no answer. */
  static final class TroubleException extends IOException {
    TroubleException(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
