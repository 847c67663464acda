package dev.serai.webhook;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.StripeSender;
import dev.serai.TestHub;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** A hub beside the shared one with secrets in every state, that lets little in. */
final class SecretsHub {

  /** Requests a second of each source; twice as many at once. */
  static final int RATE = 3;

  static final Instant EXPIRY =
      Instant.now().plus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);

  static final Secret OLD = new Secret("whsec_the_old_one_0123456789", EXPIRY);
  static final Secret NEW = new Secret("whsec_the_new_one_0123456789", null);

  private static final String WITHOUT_USE = "whsec_";

  /** The secrets of its sources. */
  private static final Map<String, String> SOURCES =
      Map.of(
          "aged",
          "%s@%s|%s".formatted(OLD.value(), EXPIRY, NEW.value()),
          "ending",
          OLD.value() + "@" + EXPIRY,
          "half",
          WITHOUT_USE + "|" + NEW.value(),
          "broken",
          WITHOUT_USE);

  private SecretsHub() {}

  private static final class Shared {
    private static final TestHub HUB = start();
  }

  static TestHub shared() {
    return Shared.HUB;
  }

  private static TestHub start() {
    Map<String, String> settings =
        SOURCES.entrySet().stream()
            .collect(
                Collectors.toMap(
                    source -> SourceSecrets.property(source.getKey()), Map.Entry::getValue));
    settings.put("serai.webhooks.rate", Integer.toString(RATE));
    TestHub hub = TestHub.shared().another(settings);
    try {
      for (String source : List.copyOf(SOURCES.keySet())) {
        hub.routes(DoorHub.route(source, ""));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return hub;
  }

  /** Posts a new event to a source; returns the status of the answer. */
  static int post(String source, Secret secret) throws Exception {
    String event = StripeSender.event("evt_" + UUID.randomUUID(), "of.a.test", "{}");
    return new StripeSender(shared().url(), source, secret.value()).post(event).statusCode();
  }

  /** What the API says of a source. */
  static JsonNode source(String name) throws Exception {
    for (JsonNode source : Api.of(shared()).get("/api/v1/sources").json().path("sources")) {
      if (source.path("name").asText().equals(name)) {
        return source;
      }
    }
    throw new AssertionError("No source " + name);
  }
}
