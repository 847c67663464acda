package dev.serai.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Instant;
import java.util.UUID;

/** A source of its own that posts what nobody else may read. */
final class SensitiveSource implements AutoCloseable {

  private static final String ROUTE =
      """
      - route:
          id: webhook-%s
          errorHandler: {noErrorHandler: {}}
          from:
            uri: inbound
            parameters: {source: %s, scheme: stripe-v1, type: /type, key: /id, sensitive: true}
            steps:
              - %s
      """;

  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final TestHub hub;
  private final String name = "sensitive-" + UUID.randomUUID();
  private final TestHub.Routes routes;

  /**
   * @param step the only one, in YAML
   */
  SensitiveSource(TestHub hub, String step) throws Exception {
    this.hub = hub;
    this.routes = hub.routes(ROUTE.formatted(name, name, step));
  }

  /** One whose route appends. */
  static SensitiveSource of(TestHub hub) throws Exception {
    return new SensitiveSource(hub, "to: {id: append, uri: event}");
  }

  String name() {
    return name;
  }

  /** An event with a code in it. */
  static String event(String id, String code) {
    return StripeSender.event(
            id, "code.sent", "{\"id\":\"user_1\",\"code\":\"%s\"}".formatted(code))
        // Copies are made in different seconds.
        .replaceAll("\"created\":\\d+", "\"created\":1760000000");
  }

  /** The type of its events. */
  String type() {
    return name + ".code.sent";
  }

  HttpResponse<String> post(String body) throws IOException, InterruptedException {
    return post(body, Files.readString(hub.data().resolve("secrets").resolve(name)).strip());
  }

  HttpResponse<String> post(String body, String secret) throws IOException, InterruptedException {
    return CLIENT.send(
        HttpRequest.newBuilder(URI.create(hub.url() + "/webhooks/" + name))
            .header("Content-Type", "application/json")
            .header(
                "Stripe-Signature", new StripeSender(hub.url(), secret).sign(body, Instant.now()))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Posts what is taken; returns the answer. */
  JsonNode accept(String body) throws IOException, InterruptedException {
    HttpResponse<String> response = post(body);
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return new ObjectMapper().readTree(response.body());
  }

  /** Posts what is new; returns the event. */
  UUID event(String body) throws IOException, InterruptedException {
    return UUID.fromString(accept(body).path("id").asText());
  }

  @Override
  public void close() throws Exception {
    routes.close();
  }
}
