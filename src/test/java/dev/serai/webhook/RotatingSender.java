package dev.serai.webhook;

import dev.serai.TestHub;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/**
 * A provider that rotates its secret.
 *
 * @param options of its source in YAML, beside those that all have
 */
record RotatingSender(String source, String scheme, String old, String fresh, String options) {

  /** One for each scheme. */
  static final List<RotatingSender> ALL =
      List.of(
          of("stripe-v1", "whsec_rotate_1", "whsec_rotate_2"),
          of(
              "standard-webhooks",
              "v1,whsec_" + base64("the-old-secret-0123456789"),
              "v1,whsec_" + base64("the-new-secret-0123456789")),
          of("phonepe-v1", "1:salt-of-this-index", "2:salt-of-that-index"),
          of("phonepe-v2-sha", "hub_user:password1", "hub_user:password2"),
          of("phonepe-v2-hmac", "key-1:the-secret-of-a-key", "key-2:the-secret-of-another"),
          of("shared-secret", "x-hub-secret:a-shared-one", "x-hub-secret:another-shared-one"),
          of("hmac", "secret-of-any-1", "secret-of-any-2"));

  private static final String ROUTE =
      """
      - route:
          id: %1$s
          from:
            uri: inbound
            parameters:
              source: %1$s
              scheme: %2$s
              type: "{/type|other}"
              key: hash
              %3$s
            steps:
              - to:
                  uri: event
      """;

  private static RotatingSender of(String scheme, String old, String fresh) {
    String options = scheme.equals("hmac") ? "signatureHeader: X-Signature" : "";
    return new RotatingSender("rotate-" + scheme, scheme, old, fresh, options);
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The webhook routes of all. */
  static List<String> routes() {
    return ALL.stream()
        .map(sender -> ROUTE.formatted(sender.source, sender.scheme, sender.options))
        .toList();
  }

  /** A new event of its provider. */
  byte[] body() {
    String id = UUID.randomUUID().toString();
    String text =
        switch (scheme) {
          case "stripe-v1" -> "{'id':'%s','object':'event','type':'t'}".formatted(id);
          case "phonepe-v1" ->
              "{'response':'%s'}".formatted(base64("{\"code\":\"%s\"}".formatted(id)));
          case "phonepe-v2-sha", "phonepe-v2-hmac" ->
              "{'event':'t','payload':{'state':'COMPLETED','id':'%s'}}".formatted(id);
          case "shared-secret" ->
              "{'type':'INSERT','schema':'s','table':'t','record':{'id':'%s'}}".formatted(id);
          default -> "{'type':'t','id':'%s'}".formatted(id);
        };
    return text.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
  }

  /** A request to a hub, signed with the old or the new secret. */
  HttpRequest request(byte[] body, boolean isFresh, TestHub hub) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(hub.url() + "/webhooks/" + source))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofByteArray(body));
    hub.bean(Door.class)
        .source(source)
        .orElseThrow()
        .scheme()
        .sign(body, new Secret(isFresh ? fresh : old, null), Instant.now())
        .forEach(request::header);
    return request.build();
  }
}
