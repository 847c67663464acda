package dev.serai.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A source of a hub, whoever posts to it, and what the hub says of the events. */
final class TracedSource implements AutoCloseable {

  static final String NAME = "traced-" + UUID.randomUUID();

  private static final String ROUTE =
      """
      - route:
          id: %1$s
          from:
            uri: inbound
            parameters: {source: %1$s, scheme: stripe-v1, type: /type, key: /id}
            steps:
              - to: {uri: event}
      """;
  private final TestHub hub;
  private final OtlpReceiver receiver;
  private final TestHub.Routes routes;

  TracedSource(TestHub hub, OtlpReceiver receiver) throws Exception {
    this.hub = hub;
    this.receiver = receiver;
    this.routes = hub.routes(ROUTE.formatted(NAME));
  }

  String stored(UUID event) {
    return hub.database()
        .sql("select coalesce(trace, '') from serai.event where id = :id")
        .param("id", event)
        .query(String.class)
        .single();
  }

  String sink() {
    String name = "traced-" + UUID.randomUUID().toString().substring(0, 8);
    System.setProperty("serai.sinks." + name + ".url", receiver.url() + "/hooks");
    System.setProperty(
        "serai.sinks." + name + ".secrets", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    return name;
  }

  UUID emitted(UUID cause) {
    return hub.database()
        .sql("select id from serai.event where causation_id = :cause")
        .param("cause", cause)
        .query(UUID.class)
        .single();
  }

  String traceId(UUID event) throws Exception {
    return Api.of(hub).get("/api/v1/events/" + event).json().path("trace_id").asText();
  }

  static UUID accepted(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return UUID.fromString(response.body().replaceAll(".*\"id\":\"([^\"]+)\".*", "$1"));
  }

  HttpResponse<String> post(@Nullable String traceparent) throws Exception {
    String body = StripeSender.event("evt_" + UUID.randomUUID(), "invoice.paid", "{}");
    HttpRequest request = sender().request(body);
    HttpRequest.Builder with = HttpRequest.newBuilder(request, (name, value) -> true);
    if (traceparent != null) {
      with.header("traceparent", traceparent).header("tracestate", "vendor=1");
    }
    return HttpClient.newHttpClient().send(with.build(), HttpResponse.BodyHandlers.ofString());
  }

  private StripeSender sender() throws IOException {
    String secret = Files.readString(hub.data().resolve("secrets").resolve(NAME)).strip();
    return new StripeSender(hub.url(), NAME, secret);
  }

  @Override
  public void close() throws Exception {
    routes.close();
  }
}
