package dev.serai;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Asks a hub's HTTP API. */
public final class Api {

  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String hub;
  private final String key;

  /**
   * @param hub the hub's base URL
   */
  public Api(String hub, String key) {
    this.hub = hub;
    this.key = key;
  }

  public static Api of(TestHub hub) {
    return new Api(hub.url(), TestHub.API_KEY);
  }

  /** Asks and parses the answer, whatever its status. */
  public Answer get(String path) throws IOException, InterruptedException {
    return send(request(path).GET());
  }

  public Answer post(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  public Answer put(String path, String json) throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .PUT(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Sends a method without a body and without the key. */
  public Answer open(String method, String path) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(hub + path))
            .timeout(Duration.ofSeconds(20))
            .method(method, HttpRequest.BodyPublishers.noBody()));
  }

  /** Sends a method without a body, and more headers: names and values in turn. */
  public Answer with(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()).headers(headers));
  }

  /** Sends a method without a body. */
  public Answer send(String method, String path) throws IOException, InterruptedException {
    return send(request(path).method(method, HttpRequest.BodyPublishers.noBody()));
  }

  /** Sends a method with a body. */
  public Answer send(String method, String path, String json)
      throws IOException, InterruptedException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(json)));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(hub + path))
        .timeout(Duration.ofSeconds(20))
        .header("Authorization", "Bearer " + key);
  }

  private static Answer send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<String> response =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    String type = response.headers().firstValue("Content-Type").orElse("");
    return new Answer(
        response.statusCode(),
        type.contains("json") ? JSON.readTree(response.body()) : JSON.nullNode(),
        response.body(),
        response.headers());
  }

  /**
   * What the hub answered.
   *
   * @param json its body, if that was JSON
   */
  public record Answer(int status, JsonNode json, String text, HttpHeaders headers) {

    /** The value of a header; empty, if it is missing. */
    public String header(String name) {
      return headers.firstValue(name).orElse("");
    }
  }
}
