package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.HttpURLConnection;
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
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Talks to the API of a hub; the options say which and with which key. */
final class ApiClient {

  static final ObjectMapper JSON = new ObjectMapper();

  private static final Duration CONNECT = Duration.ofSeconds(3);

  /** A question that is refused for the rate of them is asked again, if that is soon. */
  private static final long SOON_SECONDS = 5;

  private static final int TRIES = 5;

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

  private @Nullable HttpClient http;

  JsonNode get(String path, Map<String, ? extends @Nullable Object> query)
      throws IOException, InterruptedException {
    return JSON.readTree(send("GET", path + query(query), null).body());
  }

  byte[] bytes(String path) throws IOException, InterruptedException {
    return send("GET", path, null).body();
  }

  JsonNode post(String path, Map<String, ? extends @Nullable Object> query, byte @Nullable [] body)
      throws IOException, InterruptedException {
    return JSON.readTree(send("POST", path + query(query), body).body());
  }

  JsonNode put(String path, byte[] body) throws IOException, InterruptedException {
    return JSON.readTree(send("PUT", path, body).body());
  }

  JsonNode delete(String path) throws IOException, InterruptedException {
    return JSON.readTree(send("DELETE", path, null).body());
  }

  /** The body of an answer also when the hub is down: it says why. */
  JsonNode health() throws IOException, InterruptedException {
    HttpResponse<byte[]> response = exchange("GET", "/health/detailed", null);
    if (response.statusCode() / 100 == 4) {
      throw refusal(response);
    }
    return JSON.readTree(response.body());
  }

  private HttpResponse<byte[]> send(String method, String path, byte @Nullable [] body)
      throws IOException, InterruptedException {
    HttpResponse<byte[]> response = exchange(method, path, body);
    for (int i = 1; i < TRIES && method.equals("GET") && isSoon(response); i++) {
      TimeUnit.SECONDS.sleep(retryAfter(response));
      response = exchange(method, path, body);
    }
    if (response.statusCode() / 100 != 2) {
      throw refusal(response);
    }
    return response;
  }

  private static boolean isSoon(HttpResponse<?> response) {
    long seconds = retryAfter(response);
    return response.statusCode() == 429 && seconds > 0 && seconds <= SOON_SECONDS;
  }

  private static long retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("\\d{1,9}"))
        .map(Long::parseLong)
        .orElse(0L);
  }

  private static HubRefusal refusal(HttpResponse<byte[]> response) {
    return HubRefusal.of(
        response.statusCode(),
        response.body(),
        response.headers().firstValue("Retry-After").orElse(null));
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
    return http().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  /** Made when it is needed: it takes a quarter of a second, and most commands are made in vain. */
  private synchronized HttpClient http() {
    if (http == null) {
      http = HttpClient.newBuilder().connectTimeout(CONNECT).build();
    }
    return http;
  }

  /**
   * Begins an answer that goes on for as long as both sides want. (The other client has no limit
   * for the silence within an answer.)
   *
   * @param silence after which reading fails
   */
  HttpURLConnection open(
      String path, Map<String, ? extends @Nullable Object> query, Duration silence)
      throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection) URI.create(url + path + query(query)).toURL().openConnection();
    connection.setConnectTimeout((int) CONNECT.toMillis());
    connection.setReadTimeout((int) silence.toMillis());
    connection.setInstanceFollowRedirects(false);
    connection.setRequestProperty("Authorization", "Bearer " + key());
    return connection;
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

  static String query(Map<String, ? extends @Nullable Object> parameters) {
    String query =
        parameters.entrySet().stream()
            .filter(entry -> entry.getValue() != null)
            .map(entry -> entry.getKey() + "=" + encode(String.valueOf(entry.getValue())))
            .collect(Collectors.joining("&"));
    return query.isEmpty() ? "" : "?" + query;
  }

  static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
