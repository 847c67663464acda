package dev.serai.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One of the recorded requests with its known verdict. */
record Vector(JsonNode json) {

  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Vector> all() throws IOException {
    List<Vector> all = new ArrayList<>();
    for (String provider : List.of("stripe", "supabase", "phonepe")) {
      JsonNode list = JSON.readTree(TestHub.bytes("vectors/%s.json".formatted(provider)));
      list.forEach(json -> all.add(new Vector(json)));
    }
    return all.stream();
  }

  String scheme() {
    return json.path("scheme").asText();
  }

  String expected() {
    return json.path("expect").asText();
  }

  /** Whether it fails for what the body is, not for how it is signed. */
  boolean isEnvelope() {
    return json.path("reject_layer").asText().equals("envelope");
  }

  Instant now() {
    return Instant.ofEpochSecond(json.path("now").asLong());
  }

  /** As the configuration writes them; those of two parts with a colon between. */
  List<String> secrets() {
    List<String> secrets = new ArrayList<>();
    for (JsonNode secret : json.path("secrets")) {
      List<String> parts = new ArrayList<>();
      secret.forEach(part -> parts.add(part.asText()));
      secrets.add(secret.isObject() ? String.join(":", parts) : secret.asText());
    }
    return secrets;
  }

  byte[] body() {
    return json.has("body_b64")
        ? Base64.getDecoder().decode(json.path("body_b64").asText())
        : json.path("body").asText().getBytes(StandardCharsets.UTF_8);
  }

  Map<String, List<String>> headers() {
    Map<String, List<String>> headers = new LinkedHashMap<>();
    json.path("headers").properties().forEach(h -> headers.put(h.getKey(), texts(h.getValue())));
    return headers;
  }

  private static List<String> texts(JsonNode node) {
    if (!node.isArray()) {
      return List.of(node.asText());
    }
    List<String> texts = new ArrayList<>();
    node.forEach(item -> texts.add(item.asText()));
    return texts;
  }

  @Override
  public String toString() {
    return json.path("provider").asText() + " " + json.path("name").asText();
  }
}
