package dev.serai.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.webhook.Door;
import dev.serai.webhook.Scheme;
import dev.serai.webhook.Secret;
import dev.serai.webhook.SignedRequest;
import dev.serai.webhook.Source;
import dev.serai.webhook.SourceFactory;
import dev.serai.webhook.Verdict;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Says whether a request would be accepted, and why not. */
@RestController
class VerifyController {

  private static final Duration DEFAULT_TOLERANCE = Duration.ofMinutes(5);

  /** The members of secrets that have two parts. */
  private static final Map<String, String> PAIRS =
      new TreeMap<>(
          Map.of(
              "saltIndex",
              "saltKey",
              "username",
              "password",
              "keyId",
              "secret",
              "header",
              "value"));

  private final Door door;
  private final SourceFactory factory;
  private final Clock clock;

  VerifyController(Door door, SourceFactory factory, Clock clock) {
    this.door = door;
    this.factory = factory;
    this.clock = clock;
  }

  /** Says whether a request would be accepted, and why not. Nothing is stored. */
  @PostMapping("/api/v1/verify")
  Answer verify(@RequestBody Request request) {
    // A vector names its scheme, and where it comes from under 'source'.
    Source source = request.scheme == null ? source(request.source) : null;
    Scheme scheme = source == null ? scheme(request) : source.scheme();
    List<Secret> secrets = request.secrets == null ? List.of() : secrets(request.secrets);
    if (secrets.isEmpty() && source != null) {
      secrets = source.secrets();
    }
    Duration tolerance =
        request.tolerance != null
            ? Duration.ofSeconds(request.tolerance)
            : source != null ? source.tolerance() : DEFAULT_TOLERANCE;
    Verdict verdict =
        Source.verdict(
            scheme,
            SignedRequest.of(headers(request.headers), body(request)),
            secrets,
            now(request.now),
            tolerance);
    return switch (verdict) {
      case Verdict.Accepted accepted ->
          new Answer("accept", null, "Verified with secret " + accepted.key());
      case Verdict.Refused refused ->
          new Answer("reject", refused.cause().code(), refused.explanation());
    };
  }

  private Source source(@Nullable String name) {
    if (name == null) {
      throw Problem.badRequest("'scheme' or 'source' must be given");
    }
    return door.source(name)
        .orElseThrow(
            () ->
                Problem.badRequest(
                    "'source' is '%s'; there are %s"
                        .formatted(name, door.sources().stream().map(Source::name).toList())));
  }

  private Scheme scheme(Request request) {
    try {
      return factory.scheme(
          String.valueOf(request.scheme), Objects.requireNonNullElse(request.options, Map.of()));
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("'scheme': " + e.getMessage());
    }
  }

  private static List<Secret> secrets(JsonNode node) {
    if (!node.isArray()) {
      throw Problem.badRequest("'secrets' must be a list");
    }
    List<Secret> secrets = new ArrayList<>();
    for (JsonNode item : node) {
      try {
        secrets.addAll(Secret.parse(item.isObject() ? pair(item) : item.asText()));
      } catch (IllegalArgumentException e) {
        throw Problem.badRequest("'secrets': " + e.getMessage());
      }
    }
    return secrets;
  }

  /** A secret of two parts, as the configuration writes it. */
  private static String pair(JsonNode item) {
    return PAIRS.entrySet().stream()
        .filter(names -> item.has(names.getKey()) && item.has(names.getValue()))
        .findFirst()
        .map(
            names ->
                item.path(names.getKey()).asText() + ":" + item.path(names.getValue()).asText())
        .orElseThrow(
            () ->
                Problem.badRequest("'secrets' has an object that is none of %s".formatted(PAIRS)));
  }

  private static Map<String, List<String>> headers(@Nullable Map<String, JsonNode> headers) {
    Map<String, List<String>> lines = new LinkedHashMap<>();
    if (headers != null) {
      headers.forEach(
          (name, value) -> {
            List<String> values = new ArrayList<>();
            if (value.isArray()) {
              value.forEach(item -> values.add(item.asText()));
            } else {
              values.add(value.asText());
            }
            lines.put(name, values);
          });
    }
    return lines;
  }

  private static byte[] body(Request request) {
    if (request.bodyB64 != null) {
      try {
        return Base64.getDecoder().decode(request.bodyB64);
      } catch (IllegalArgumentException e) {
        throw Problem.badRequest("'body_b64' is not base64");
      }
    }
    return request.body == null ? new byte[0] : request.body.getBytes(StandardCharsets.UTF_8);
  }

  private Instant now(@Nullable JsonNode now) {
    if (now == null || now.isNull()) {
      return clock.instant();
    }
    try {
      return now.isIntegralNumber()
          ? Instant.ofEpochSecond(now.longValue())
          : Instant.parse(now.asText());
    } catch (DateTimeException e) {
      throw Problem.badRequest(
          "'now' is '%s'; it must be seconds since the epoch or a time such as 2026-11-20T18:00:00Z"
              .formatted(now.asText()));
    }
  }

  /**
   * A request to judge.
   *
   * @param scheme how it is verified; needed unless a source is given
   * @param options those of the scheme {@code hmac}: {@code signatureHeader}, {@code
   *     signatureHash}, {@code signatureEncoding}, {@code signaturePrefix}, {@code signedContent},
   *     {@code timestampHeader}, and of {@code google-oidc}: {@code audience}, as on the page of
   *     the component inbound
   * @param source a source of this hub, whose scheme, secrets and tolerance are used if no scheme
   *     is given
   * @param secrets secrets to verify with: texts as in the configuration, or objects with {@code
   *     saltIndex} and {@code saltKey}, {@code username} and {@code password}, {@code keyId} and
   *     {@code secret}, {@code header} and {@code value}
   * @param headers header names and values; a list for several lines
   * @param body the body as text
   * @param bodyB64 the body's bytes in base64, instead of {@code body}
   * @param now the time to judge at, in seconds since the epoch or as RFC 3339; now, if missing
   * @param tolerance how far the time of signing may be away, in seconds
   */
  @JsonIgnoreProperties(ignoreUnknown = true) // test vectors carry their expectation, too
  record Request(
      @Nullable String scheme,
      @Nullable Map<String, String> options,
      @Nullable String source,
      @Nullable JsonNode secrets,
      @Nullable Map<String, JsonNode> headers,
      @Nullable String body,
      @Nullable String bodyB64,
      @Nullable JsonNode now,
      @Nullable Integer tolerance) {}

  /**
   * The verdict.
   *
   * @param verdict {@code accept} or {@code reject}
   * @param cause of the closed list, for a rejection
   * @param explanation the same for people
   */
  record Answer(String verdict, @Nullable String cause, String explanation) {}
}
