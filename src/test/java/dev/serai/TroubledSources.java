package dev.serai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Sources whose requests are refused, late, unanswered, or signed with what ends. */
final class TroubledSources implements AutoCloseable {

  private static final String ROUTE =
      """
      - route:
          id: %1$s
          from:
            uri: inbound
            parameters: {source: %1$s, scheme: stripe-v1, type: /type, key: /id, rate: %3$s, burst: 5}
            steps:
              - %2$s
      """;

  private static final String DECIDING =
      """
      - route:
          id: %1$s
          routeConfigurationId: webhook-policy
          from:
            uri: inbound
            parameters:
              source: %1$s
              scheme: stripe-v1
              type: /type
              decide: 1s
              safeAnswer: "{}"
            steps:
              - throwException:
                  exceptionType: java.lang.IllegalStateException
                  message: of a test
      """;

  /** More than an alert wants to have seen of a source a week ago. */
  private static final int MANY = 25;

  private static final String APPEND = "to: {uri: event}";
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final TestHub hub;
  private final String mark;
  private final List<TestHub.Routes> routes = new ArrayList<>();

  TroubledSources(TestHub hub, String mark) throws Exception {
    this.hub = hub;
    this.mark = mark;
    Instant soon = Instant.now().plus(Duration.ofHours(3));
    secrets("ending", "whsec_ending@" + soon);
    secrets("half", "whsec_|whsec_half");
    secrets("closed", "whsec_closed@2020-01-01T00:00:00Z");
    for (String name : List.of("calm", "busy", "alert", "ending", "half", "closed")) {
      routes.add(hub.routes(ROUTE.formatted(source(name), APPEND, 0)));
    }
    routes.add(hub.routes(ROUTE.formatted(source("rated"), APPEND, 1)));
    routes.add(hub.routes(ROUTE.formatted(source("broken"), "log: nothing", 0)));
    routes.add(hub.routes(DECIDING.formatted(source("undecided"))));
  }

  private String source(String name) {
    return name + "-" + mark;
  }

  private void secrets(String name, String secrets) {
    String property =
        "SERAI_%s_SECRETS".formatted(source(name).toUpperCase(Locale.ROOT).replace('-', '_'));
    System.setProperty(property, secrets);
  }

  /** A source of whose webhooks some do not arrive. */
  String lossy() {
    return source("busy");
  }

  void trouble() throws Exception {
    for (String name : List.of("calm", "alert", "undecided")) {
      StripeSender sender = sender(name);
      send(event -> sender.post(event).statusCode());
    }
    StripeSender ending = new StripeSender(hub.url(), source("ending"), "whsec_ending");
    send(event -> ending.post(event).statusCode());
    StripeSender busy = sender("busy");
    for (int i = 0; i < MANY; i++) {
      send(event -> late(busy, event));
    }
    assertThat(sender("alert").post("{}").statusCode()).isEqualTo(400);
    assertThat(new StripeSender(hub.url(), source("alert"), "a guess").post(event()).statusCode())
        .isEqualTo(401);
    await().until(() -> sender("rated").post(event()).statusCode() == 429);
    assertThat(sender("broken").post(event()).statusCode()).isEqualTo(500);
  }

  private interface Post {
    int status(String event) throws Exception;
  }

  /** As a provider does, it sends the same event again when it was not taken in time. */
  private static void send(Post post) {
    String event = event();
    await().atMost(Duration.ofSeconds(60)).until(() -> post.status(event) == 200);
  }

  void awaitMetrics() {
    TroubledHub.awaitValue(1, "serai_webhooks_secret_first_seen_seconds", "source", source("busy"));
    TroubledHub.awaitValue(
        1, "serai_webhooks_secret_next_expiry_used_seconds", "source", source("ending"));
    TroubledHub.awaitValue(1, "serai_webhooks_last_accepted_seconds", "source", source("busy"));
  }

  /** Posts what was signed a while ago. */
  private static int late(StripeSender sender, String event) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(
                sender.request(event), (name, value) -> !name.equals("Stripe-Signature"))
            .header("Stripe-Signature", sender.sign(event, Instant.now().minusSeconds(100)))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private StripeSender sender(String name) throws IOException {
    String source = source(name);
    String secret = Files.readString(hub.data().resolve("secrets").resolve(source)).strip();
    return new StripeSender(hub.url(), source, secret);
  }

  private static String event() {
    return StripeSender.event("evt_" + UUID.randomUUID(), "of.a.test", "{}");
  }

  @Override
  public void close() throws Exception {
    for (TestHub.Routes route : routes) {
      route.close();
    }
  }
}
