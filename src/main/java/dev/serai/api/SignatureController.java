package dev.serai.api;

import dev.serai.webhook.Door;
import dev.serai.webhook.Secret;
import dev.serai.webhook.Source;
import java.time.Clock;
import java.util.Map;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** In development: signs an event anew, so that a local program can check it as its provider's. */
@RestController
class SignatureController {

  private final EventQueries queries;
  private final Door door;
  private final Clock clock;
  private final boolean dev;

  SignatureController(
      EventQueries queries, Door door, Clock clock, @Value("${serai.dev}") boolean dev) {
    this.queries = queries;
    this.door = door;
    this.clock = clock;
    this.dev = dev;
  }

  /**
   * The headers that its provider would send with this event now.
   *
   * @param id the event
   */
  @PostMapping("/api/v1/events/{id}/signature")
  Signature sign(@PathVariable String id) {
    if (!dev) {
      throw Problem.forbidden("Events are signed in development only (SERAI_DEV=true)");
    }
    EventView event =
        queries.find(EventFilter.uuid("id", id)).orElseThrow(() -> Problem.notFound("event", id));
    Source source =
        door.source(event.source()).orElseThrow(() -> Problem.notFound("source", event.source()));
    Secret secret =
        source.secrets().stream()
            .findFirst()
            .orElseThrow(
                () -> Problem.conflict("Source '%s' has no secret".formatted(source.name())));
    if (event.sensitive()) {
      throw Problem.conflict("A sensitive event is not signed anew: its body is not streamed");
    }
    byte[] body = queries.body(event.id()).orElseThrow(() -> Problem.notFound("event", id)).bytes();
    return new Signature(source.scheme().sign(body, secret, clock.instant()));
  }

  /**
   * How a source would sign.
   *
   * @param headers by name
   */
  record Signature(Map<String, String> headers) {}
}
