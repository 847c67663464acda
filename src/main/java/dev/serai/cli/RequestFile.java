package dev.serai.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A request in a file: as it goes over the wire (request line, headers, empty line, body), or as a
 * JSON object. The bytes of the body are kept as they are.
 *
 * @param request as the API takes it
 * @param path where it was posted, if the file says so
 * @param warning what about the file itself is suspicious
 */
record RequestFile(ObjectNode request, @Nullable String path, @Nullable String warning) {

  static RequestFile read(Path file) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    String first = new String(bytes, StandardCharsets.UTF_8).stripLeading();
    return first.startsWith("{") || first.startsWith("[") ? json(file, bytes) : raw(file, bytes);
  }

  private static RequestFile json(Path file, byte[] bytes) throws IOException {
    try {
      if (ApiClient.JSON.readTree(bytes) instanceof ObjectNode request) {
        return new RequestFile(request, null, null);
      }
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(file + " has no JSON: " + e.getOriginalMessage(), e);
    }
    throw new IllegalArgumentException(file + " has no JSON object");
  }

  private static RequestFile raw(Path file, byte[] bytes) {
    ObjectNode headers = ApiClient.JSON.createObjectNode();
    String path = null;
    int from = 0;
    for (int number = 1; ; number++) {
      int end = from;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      String line = new String(bytes, from, end - from, StandardCharsets.ISO_8859_1).strip();
      from = Math.min(end + 1, bytes.length);
      if (line.isEmpty()) {
        break;
      }
      if (number == 1 && line.matches("[A-Z]+ \\S+ HTTP/[\\d.]+")) {
        path = line.split(" ", 3)[1];
      } else {
        header(file, number, line, headers);
      }
      if (from == bytes.length) {
        break;
      }
    }
    byte[] body = Arrays.copyOfRange(bytes, from, bytes.length);
    ObjectNode request = ApiClient.JSON.createObjectNode();
    request.set("headers", headers);
    request.put("body_b64", Base64.getEncoder().encodeToString(body));
    return new RequestFile(request, path, warning(headers, body.length));
  }

  private static void header(Path file, int number, String line, ObjectNode headers) {
    int colon = line.indexOf(':');
    if (colon < 1) {
      throw new IllegalArgumentException(
          "%s:%s is '%s'; it must be a header such as 'Content-Type: application/json', with an empty line behind the last"
              .formatted(file, number, line.substring(0, Math.min(60, line.length()))));
    }
    String name = line.substring(0, colon);
    ArrayNode values =
        headers.get(name) instanceof ArrayNode known ? known : headers.putArray(name);
    values.add(line.substring(colon + 1).strip());
  }

  /** An editor that ends a file with a line break changes what was signed. */
  private static @Nullable String warning(ObjectNode headers, int length) {
    for (var header : headers.properties()) {
      String value = header.getValue().path(0).asText();
      if (header.getKey().toLowerCase(Locale.ROOT).equals("content-length")
          && !value.equals(Integer.toString(length))) {
        return "The file has a body of %s bytes, Content-Length says %s: it is not what was sent; an editor may have added a line break at the end."
            .formatted(length, value);
      }
    }
    return null;
  }
}
