package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Talks to the API of a hub; the options say which and with which key. */
final class ApiClient {

  static final ObjectMapper JSON = new ObjectMapper();

  @Option(
      names = "--url",
      paramLabel = "URL",
      defaultValue = "${SERAI_URL:-http://localhost:${PORT:-8080}}",
      description = "The hub. Default: $SERAI_URL, else http://localhost:$PORT, else port 8080.")
  String url = "";

  @Option(
      names = "--api-key",
      paramLabel = "KEY",
      defaultValue = "${SERAI_API_KEY:-}",
      description =
          "Key of the API. Default: $SERAI_API_KEY, else the file api-key of the data directory.")
  String apiKey = "";

  @Option(
      names = "--data-dir",
      paramLabel = "DIR",
      defaultValue = "${SERAI_DATA_DIR:-data}",
      description = "Data directory of a hub on this machine. Default: $SERAI_DATA_DIR, else data.")
  Path dataDir = Path.of("data");

  private final HttpClient http =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();

  JsonNode get(String path, Map<String, ?> query) throws IOException, InterruptedException {
    return JSON.readTree(send("GET", path + query(query), null).body());
  }

  byte[] bytes(String path) throws IOException, InterruptedException {
    return send("GET", path, null).body();
  }

  JsonNode post(String path, Map<String, ?> query, byte @Nullable [] body)
      throws IOException, InterruptedException {
    return JSON.readTree(send("POST", path + query(query), body).body());
  }

  /** The body of an answer whatever its status says: a hub that is down says why. */
  JsonNode health() throws IOException, InterruptedException {
    return JSON.readTree(exchange("GET", "/health/detailed", null).body());
  }

  private HttpResponse<byte[]> send(String method, String path, byte @Nullable [] body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = exchange(method, path, body);
    if (response.statusCode() / 100 != 2) {
      throw RefusedException.of(response);
    }
    return response;
  }

  private HttpResponse<byte[]> exchange(String method, String path, byte @Nullable [] body)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(url + path))
            .timeout(Duration.ofSeconds(60))
            .header("Authorization", "Bearer " + key())
            .method(
                method,
                body == null
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(body));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  private String key() throws IOException {
    if (!apiKey.isEmpty()) {
      return apiKey;
    }
    return dataFile(
        "api-key",
        "There is no API key: give --api-key, set SERAI_API_KEY, or name with --data-dir the folder"
            + " that has it");
  }

  /**
   * What a file of the data directory says.
   *
   * @param advice for whoever has no such file
   */
  String dataFile(String name, String advice) throws IOException {
    Path file = dataDir.resolve(name);
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "%s (%s can't be read)".formatted(advice, file.toAbsolutePath()));
    }
    return Files.readString(file).strip();
  }

  static String query(Map<String, ?> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(entry -> entry.getValue() != null)
            .map(entry -> entry.getKey() + "=" + encode(entry.getValue().toString()))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** The hub said no. */
  static final class RefusedException extends RuntimeException {
    private RefusedException(String message) {
      super(message);
    }

    static RefusedException of(HttpResponse<byte[]> response) {
      String detail;
      try {
        JsonNode problem = JSON.readTree(response.body());
        detail = problem.path("detail").asText(new String(response.body(), StandardCharsets.UTF_8));
      } catch (IOException noJson) {
        detail = new String(response.body(), StandardCharsets.UTF_8);
      }
      return new RefusedException("%s: %s".formatted(response.statusCode(), detail));
    }
  }
}
