package dev.serai.webhook;

import dev.serai.TestHub;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * A hub beside the shared one whose door can be set to another time, has a source for each set of
 * secrets of the vectors, and little memory for bodies.
 */
final class DoorHub {

  /** The resource of its tests, which take turns: they set its time. */
  static final String TURN = "time of the door hub";

  /** Memory for the bodies of all requests under way. */
  static final int IN_FLIGHT = 200_000;

  static final int MAX_BODY = 100_000;

  /** What these say of who sent a request is believed; the tests' own address is one. */
  static final String PROXIES = "127.0.0.1, 10.0.0.0/8, fd00::/8";

  /** The secret that counts at once. */
  static final String NEW_SECRET = "whsec_after_the_rotation_0123456789";

  /** The secret that counts until {@link #ROTATED}. */
  static final String OLD_SECRET = "whsec_before_the_rotation_0123456789";

  private static final String ROUTE =
      """
      - route:
          id: webhook-%s
          from:
            uri: inbound
            parameters:
              source: %s
              scheme: %s
              type: %s
              key: %s
              time: /created
              volatile: /pending_webhooks,/api_version
      %s
            steps:
              - to:
                  uri: event
      """;

  static final Instant ROTATED = Instant.parse("2031-05-06T07:08:09Z");

  private static final AtomicReference<@Nullable Instant> TIME = new AtomicReference<>();
  private static final Map<Door, String> SOURCES = new LinkedHashMap<>();

  private DoorHub() {}

  private static final class Shared {
    private static final TestHub HUB = start();
  }

  static TestHub shared() {
    return Shared.HUB;
  }

  /** What tells the sources of two vectors apart. */
  private record Door(String scheme, List<String> secrets) {
    static Door of(Vector vector) {
      return new Door(vector.scheme(), vector.secrets());
    }
  }

  /** Where the source with a vector's scheme and secrets takes webhooks. */
  static String url(Vector vector) {
    return shared().url() + "/webhooks/" + SOURCES.get(Door.of(vector));
  }

  /** Requests are judged at this time until what is returned is closed. */
  static Until at(Instant time) {
    TIME.set(time);
    return () -> TIME.set(null);
  }

  /** The end of another time. */
  interface Until extends AutoCloseable {
    @Override
    void close();
  }

  private static TestHub start() {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("spring.main.sources", DoorClock.class.getName());
    settings.put("serai.webhooks.in-flight", IN_FLIGHT + "B");
    settings.put("serai.webhooks.max-body", MAX_BODY + "B");
    settings.put("serai.webhooks.trusted-proxies", PROXIES);
    settings.put("SERAI_ROTATED_SECRETS", "%s@%s | %s".formatted(OLD_SECRET, ROTATED, NEW_SECRET));
    try {
      Vector.all()
          .map(Door::of)
          .distinct()
          .forEach(door -> SOURCES.put(door, "vectors-" + SOURCES.size()));
      SOURCES.forEach(
          (door, source) ->
              settings.put(SourceSecrets.property(source), String.join("|", door.secrets)));
      TestHub hub = TestHub.shared().another(settings);
      for (Map.Entry<Door, String> source : SOURCES.entrySet()) {
        hub.routes(
            ROUTE.formatted(
                source.getValue(),
                source.getValue(),
                source.getKey().scheme,
                "\"{/type|/event|/code|other}\"",
                "hash",
                ""));
      }
      hub.routes(route("rotated", ""));
      return hub;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** A webhook route of a source that signs as Stripe does. */
  static String route(String source, String more) {
    return ROUTE.formatted(
        source, source, "stripe-v1", "/type", "/id", more.indent(8).stripTrailing());
  }

  /** Another time for requests; the engine goes by the real one. */
  static final class DoorClock {
    @Bean
    @Primary
    Clock doorClock(Clock clock) {
      return new Clock() {
        @Override
        public Instant instant() {
          Instant set = TIME.get();
          boolean request = Thread.currentThread().getName().startsWith("request-");
          return set == null || !request ? clock.instant() : set;
        }

        @Override
        public ZoneId getZone() {
          return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
          throw new UnsupportedOperationException();
        }
      };
    }
  }
}
