package dev.serai.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The headers of a request with which its body can be verified again, as text of JSON. */
record KeptHeaders(List<String> names) {

  /** No provider's are that long; what is longer is not worth its place in every row. */
  private static final int MOST_BYTES = 4_096;

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, List<String>>> HEADERS = new TypeReference<>() {};

  KeptHeaders(Scheme scheme) {
    this(
        scheme.keptHeaders().stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .distinct()
            .sorted()
            .toList());
  }

  /** Those of a request; null if there are none. */
  @Nullable String of(SignedRequest request) {
    Map<String, List<String>> found = new TreeMap<>();
    for (String name : names) {
      List<String> values = request.header(name);
      if (!values.isEmpty()) {
        found.put(name, values);
      }
    }
    if (found.isEmpty()) {
      return null;
    }
    String text;
    try {
      text = JSON.writeValueAsString(found);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts can't be written as JSON", e);
    }
    return text.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES ? null : text;
  }

  /**
   * The request that they were of, as far as a scheme looks at it.
   *
   * @throws RefusedException when they are no such text
   */
  static SignedRequest request(String kept, byte[] body) throws RefusedException {
    try {
      return SignedRequest.of(JSON.readValue(kept, HEADERS), body);
    } catch (JsonProcessingException e) {
      throw new RefusedException(Cause.SIGNATURE_MALFORMED, "The headers kept are no JSON");
    }
  }
}
