package dev.serai.cloud;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The HTTP request that a local task makes, as the data of its event has it: written so that people
 * can read it, with {@code text} or {@code base64} for the body.
 *
 * @param name what its author calls it; null if nothing
 * @param eta when it is to be made, in RFC 3339
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record TaskRequest(
    @Nullable String name,
    String queue,
    String method,
    String url,
    Map<String, String> headers,
    @Nullable String contentType,
    String eta,
    @Nullable String text,
    byte @Nullable [] base64) {

  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final List<String> METHODS =
      List.of("POST", "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS");
  private static final int LONGEST_URL = 2083;
  private static final int LONGEST_BODY = 1024 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  static TaskRequest of(
      String name,
      String queue,
      String method,
      String url,
      Map<String, String> headers,
      String contentType,
      Instant eta,
      byte[] body) {
    require(
        body.length <= LONGEST_BODY,
        "the body has %s bytes; a task takes %s at most".formatted(body.length, LONGEST_BODY));
    boolean hasBody = WITH_BODY.contains(method);
    String text = text(body);
    return new TaskRequest(
        name.isEmpty() ? null : name,
        queue,
        method,
        checked(url),
        headers,
        hasBody ? contentType : null,
        eta.toString(),
        hasBody ? text : null,
        hasBody && text == null ? body : null);
  }

  static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException("task-create: " + otherwise);
    }
  }

  static void requireMethod(String method) {
    require(
        METHODS.contains(method),
        "parameter 'method' is '%s'; it must be one of %s".formatted(method, METHODS));
  }

  /** Where a hub may not post to is found when it does; no error has the URL in it. */
  private static String checked(String url) {
    boolean valid = false;
    try {
      URI uri = new URI(url);
      valid = uri.getHost() != null && List.of("http", "https").contains(uri.getScheme());
    } catch (URISyntaxException ignored) {
      // Its message has the URL in it.
    }
    require(
        valid && url.length() <= LONGEST_URL,
        "parameter 'url' gives no URL such as https://partner.example/callbacks, %s characters at most"
            .formatted(LONGEST_URL));
    return url;
  }

  private static @Nullable String text(byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  boolean hasBody() {
    return WITH_BODY.contains(method);
  }

  byte[] body() {
    byte[] bytes = text == null ? base64 : text.getBytes(StandardCharsets.UTF_8);
    return bytes == null ? new byte[0] : bytes;
  }

  byte[] json() throws IOException {
    return JSON.writeValueAsBytes(this);
  }

  static TaskRequest parse(String json) throws IOException {
    return JSON.readValue(json, TaskRequest.class);
  }
}
