package dev.serai.cloud.storage;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Somebody who has a signed address and nothing else. */
final class Http {

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Http() {}

  static HttpResponse<String> get(String address, String... headers) throws Exception {
    return send("GET", address, HttpRequest.BodyPublishers.noBody(), headers);
  }

  static HttpResponse<String> put(String address, String body, String... headers) throws Exception {
    return send("PUT", address, HttpRequest.BodyPublishers.ofString(body), headers);
  }

  static HttpResponse<String> send(
      String method, String address, HttpRequest.BodyPublisher body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(address))
            .timeout(Duration.ofSeconds(20))
            .method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }
}
