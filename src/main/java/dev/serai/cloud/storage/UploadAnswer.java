package dev.serai.cloud.storage;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.api.client.http.HttpResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What Cloud Storage says to a part of an upload.
 *
 * @param status the number of HTTP
 * @param text its body
 * @param location where the upload goes on, when it has begun
 * @param persisted how many bytes the service has
 */
record UploadAnswer(int status, String text, @Nullable String location, long persisted) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static UploadAnswer of(HttpResponse response) throws IOException {
    try {
      String range = response.getHeaders().getRange();
      return new UploadAnswer(
          response.getStatusCode(),
          response.parseAsString(),
          response.getHeaders().getLocation(),
          range == null ? 0 : Long.parseLong(range.replaceFirst("^bytes=0-", "")) + 1);
    } finally {
      response.disconnect();
    }
  }

  boolean isDone() {
    return status == 200 || status == 201;
  }

  /** Whether to ask again. */
  boolean mayPass() {
    return status == 408 || status == 429 || status >= 500;
  }

  /** Whether there is no such upload any more. */
  boolean isForgotten() {
    return status == 404 || status == 410;
  }

  /** Why not. */
  String said() {
    String otherwise = "status " + status;
    try {
      return JSON.readTree(text).at("/error/message").asText(otherwise);
    } catch (JsonProcessingException notJson) {
      return otherwise;
    }
  }
}
