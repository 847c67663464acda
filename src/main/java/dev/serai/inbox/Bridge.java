package dev.serai.inbox;

import dev.serai.event.Claimed;
import dev.serai.event.Event;
import dev.serai.event.EventLog;
import dev.serai.event.NewEvent;
import dev.serai.event.Receipt;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The steps of routes that bring events of the log to a topic, and from a topic into the log. What
 * a bridge has brought in no bridge takes out, and a hub's own events it does not take in: so
 * nothing goes round, whoever bridges to whom.
 */
public final class Bridge {

  /** The extension with the name of the hub whose event it is. */
  private static final String HUB = "seraihub";

  private static final String HOPS = "seraihops";
  private static final String BROUGHT = NewEvent.RECOVERED + "bridge:";

  /** As the engine reckons of what routes emit. */
  private static final int MOST_HOPS = 16;

  private final EventLog log;
  private final JdbcClient database;
  private final BridgeSettings settings;
  private final Clock clock;

  Bridge(EventLog log, DataSource engine, BridgeSettings settings, Clock clock) {
    this.log = log;
    this.database = JdbcClient.create(engine);
    this.settings = settings;
    this.clock = clock;
  }

  /** Whether the event that is handled is for others: not if it is secret, nor if it is theirs. */
  public boolean mayLeave(Exchange exchange) {
    Event event = event(exchange);
    return !event.sensitive()
        && !database
            .sql("select coalesce(verified_by, '') from serai.event where id = ?")
            .param(event.id())
            .query(String.class)
            .optional()
            .orElse("")
            .startsWith(BROUGHT);
  }

  /** Leaves the attributes of the message in the variable {@code attributes}. */
  public void describe(Exchange exchange) {
    Event event = event(exchange);
    Map<String, String> all = new LinkedHashMap<>();
    all.put("specversion", "1.0");
    all.put("id", event.id().toString());
    all.put("source", event.source());
    all.put("type", event.type());
    all.put("time", event.time().toString());
    put(all, "subject", event.subject());
    put(all, "workspaceid", event.workspace());
    put(all, "causationid", event.causationId());
    all.put(HOPS, String.valueOf(event.hops()));
    all.put(HUB, settings.required());
    exchange.setVariable(
        "attributes", new CloudEvent(all, event.contentType(), event.body()).binary());
  }

  private static void put(Map<String, String> all, String name, @Nullable Object value) {
    if (value != null) {
      all.put(name, value.toString());
    }
  }

  private static Event event(Exchange exchange) {
    return Objects.requireNonNull(
            exchange.getProperty(Claimed.PROPERTY, Claimed.class), "no event is handled")
        .event();
  }

  /**
   * Appends the event that a message of a topic is, unless it is known by its source and id.
   *
   * @throws IllegalArgumentException if the message is no CloudEvent
   */
  public void take(Exchange exchange) throws InterruptedException {
    String own = settings.required();
    Map<?, ?> message = exchange.getVariable("message", Map.class);
    CloudEvent found =
        CloudEvent.of(
            (Map<?, ?>) Objects.requireNonNull(message.get("attributes")),
            bytes(exchange.getMessage().getBody()));
    String hub = Objects.requireNonNullElse(found.get(HUB), "");
    if (Arrays.asList(hub.split(",", -1)).contains(own)) {
      exchange.setVariable("serai.result", "{\"status\":\"own\"}");
      return;
    }
    Receipt receipt = log.appendAndWait(event(found, hub));
    exchange.setVariable(
        "serai.result",
        "{\"event_id\":\"%s\",\"status\":\"%s\"}"
            .formatted(receipt.id(), receipt.status().name().toLowerCase(Locale.ROOT)));
  }

  private NewEvent event(CloudEvent found, String hub) {
    return new NewEvent(
        found.required("source"),
        found.required("type"),
        found.required("id"),
        found.get("subject"),
        found.get("workspaceid"),
        found.time(clock.instant()),
        found.contentType(),
        found.data(),
        null,
        BROUGHT + hub,
        causation(found.get("causationid")),
        hops(found.get(HOPS)),
        null);
  }

  private static int hops(@Nullable String text) {
    int hops = text != null && text.matches("[0-9]{1,4}") ? Integer.parseInt(text) + 1 : 0;
    if (hops > MOST_HOPS) {
      throw new IllegalArgumentException(
          "The event has come over %s hops; more than %s is a loop".formatted(hops, MOST_HOPS));
    }
    return hops;
  }

  private static @Nullable UUID causation(@Nullable String text) {
    return text != null && text.matches("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
        ? UUID.fromString(text)
        : null;
  }

  private static byte[] bytes(@Nullable Object body) {
    return switch (body) {
      case null -> new byte[0];
      case byte[] bytes -> bytes;
      default -> body.toString().getBytes(StandardCharsets.UTF_8);
    };
  }
}
