package dev.serai.crash;

import dev.serai.TestHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls of a hub's API. */
final class Calls {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Calls() {}

  /** Sends a method without a body. */
  static HttpResponse<String> send(HubProcess hub, String method, String path) throws IOException {
    try {
      return CLIENT.send(
          HttpRequest.newBuilder(URI.create(hub.url() + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .timeout(Duration.ofSeconds(10))
              .header("Authorization", "Bearer " + TestHub.API_KEY)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
