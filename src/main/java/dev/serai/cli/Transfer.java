package dev.serai.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls whose bodies may be longer than memory. */
final class Transfer {

  /** A hub that restores says nothing until it is done. */
  private static final Duration SILENCE = Duration.ofMinutes(30);

  private final ApiClient api;

  Transfer(ApiClient api) {
    this.api = api;
  }

  /** What a call answers, as it comes. */
  InputStream download(String path, Map<String, ? extends @Nullable Object> query)
      throws IOException {
    HttpURLConnection connection = api.open(path, query, SILENCE);
    connection.setRequestMethod("POST");
    requireSuccess(connection);
    return connection.getInputStream();
  }

  /** Sends a file as it is read. */
  JsonNode upload(String path, Map<String, ? extends @Nullable Object> query, Path file)
      throws IOException {
    HttpURLConnection connection = api.open(path, query, SILENCE);
    connection.setRequestMethod("POST");
    connection.setDoOutput(true);
    connection.setFixedLengthStreamingMode(Files.size(file));
    connection.setRequestProperty("Content-Type", "application/x-ndjson");
    try (OutputStream out = connection.getOutputStream()) {
      Files.copy(file, out);
    }
    requireSuccess(connection);
    try (InputStream in = connection.getInputStream()) {
      return ApiClient.JSON.readTree(in);
    }
  }

  private static void requireSuccess(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status / 100 != 2) {
      try (InputStream in = connection.getErrorStream()) {
        byte[] body = in == null ? new byte[0] : in.readAllBytes();
        throw HubRefusal.of(status, body, connection.getHeaderField("Retry-After"));
      }
    }
  }
}
