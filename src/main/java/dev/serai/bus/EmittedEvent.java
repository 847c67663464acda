package dev.serai.bus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.event.Claimed;
import dev.serai.event.Event;
import dev.serai.event.NewEvent;
import dev.serai.event.OwnEvent;
import dev.serai.event.TimeSpan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Builds the event that a {@code to: event} step emits from its options and the message. */
final class EmittedEvent {

  private static final String EMISSIONS = "SeraiEmissions";

  /** The exchange property with a function: the default key of what a step makes. */
  private static final String KEYS = "SeraiKeys";

  private static final ObjectMapper JSON = new ObjectMapper().findAndRegisterModules();

  private final Clock clock;
  private final OptionValue type;
  private final OptionValue data;
  private final OptionValue subject;
  private final OptionValue workspace;
  private final OptionValue key;
  private final @Nullable String step;
  private final OptionValue delay;
  private final OptionValue at;
  private final OptionValue priority;
  private final @Nullable Boolean sensitive;

  EmittedEvent(CamelContext context, EventProducerOptions options, Clock clock) {
    this.clock = clock;
    this.type = new OptionValue(context, "type", options.type);
    this.data = new OptionValue(context, "data", options.data);
    this.subject = new OptionValue(context, "subject", options.subject);
    this.workspace = new OptionValue(context, "workspace", options.workspace);
    this.key = new OptionValue(context, "key", options.key);
    this.step = options.step == null || options.step.isBlank() ? null : options.step;
    this.delay = new OptionValue(context, "delay", options.delay);
    this.at = new OptionValue(context, "at", options.at);
    this.priority = new OptionValue(context, "priority", options.priority);
    this.sensitive = options.sensitive;
  }

  boolean hasType() {
    return type.isSet();
  }

  NewEvent of(Exchange exchange, @Nullable Claimed delivery) throws IOException {
    byte[] bytes = bytes(data.isSet() ? data.of(exchange) : exchange.getMessage().getBody());
    OptionValue.Scope scope = new OptionValue.Scope(exchange, () -> parse(bytes));
    String typeValue = type.required(scope);
    @Nullable Event cause = delivery == null ? null : delivery.event();
    int hops = hops(exchange, delivery, typeValue);
    String workspaceValue = workspace.of(scope);
    String keyValue = key.of(scope);
    return new NewEvent(
        OwnEvent.SOURCE,
        typeValue,
        keyValue == null ? defaultKey(exchange, delivery) : keyValue,
        subject.of(scope),
        workspaceValue == null && cause != null ? cause.workspace() : workspaceValue,
        clock.instant(),
        contentType(exchange),
        bytes,
        null,
        null,
        cause == null ? null : cause.id(),
        hops,
        dueAt(scope),
        isSensitive(exchange, cause),
        priority(scope));
  }

  /** One more than the event that is handled has, or any of a batch. */
  private static int hops(Exchange exchange, @Nullable Claimed delivery, String type) {
    int hops = 0;
    for (Claimed cause : delivery == null ? batch(exchange) : List.of(delivery)) {
      hops = Math.max(hops, cause.event().hops() + 1);
      if (hops > HopLimitException.LIMIT) {
        throw new HopLimitException(cause.event(), type);
      }
    }
    return hops;
  }

  @SuppressWarnings("unchecked")
  private static List<Claimed> batch(Exchange exchange) {
    List<Claimed> batch = exchange.getProperty(EventConsumer.BATCH, List.class);
    return batch == null ? List.of() : batch;
  }

  private int priority(OptionValue.Scope scope) {
    String value = priority.of(scope);
    if (value == null) {
      return 0;
    }
    if (!value.strip().matches("[0-9]")) {
      throw new IllegalArgumentException(
          "event: option 'priority' is '%s'; it must be a number from 0 to 9".formatted(value));
    }
    return Integer.parseInt(value.strip());
  }

  /** A received event, as it is but for a mark that it may get here. */
  NewEvent marked(NewEvent received) {
    return Boolean.TRUE.equals(sensitive) && !received.sensitive()
        ? received.asSensitive()
        : received;
  }

  /** Whatever is made of a secret is one, unless the author knows better. */
  private boolean isSensitive(Exchange exchange, @Nullable Event cause) {
    NewEvent received = exchange.getProperty(NewEvent.PROPERTY, NewEvent.class);
    return sensitive == null
        ? cause != null && cause.sensitive() || received != null && received.sensitive()
        : sensitive;
  }

  /**
   * Event, subscription, step, and how often it has emitted: the same when repeated, not replayed.
   */
  private String defaultKey(Exchange exchange, @Nullable Claimed delivery) {
    if (delivery == null && !batch(exchange).isEmpty()) {
      throw new IllegalArgumentException(
          "event: option 'key' is missing; in a batch it must say what makes a repeated delivery"
              + " emit the same event");
    }
    if (delivery == null) {
      return UUID.randomUUID().toString();
    }
    String at =
        step == null ? String.valueOf(exchange.getExchangeExtension().getHistoryNodeId()) : step;
    return key(emissions(exchange), delivery, exchange.getProperty(EventConsumer.SUBSCRIPTION), at);
  }

  private static String key(
      Map<String, Integer> emissions, Claimed delivery, Object subscription, String at) {
    int count = emissions.merge(at, 1, Integer::sum);
    String key = "%s/%s/%s".formatted(delivery.event().id(), subscription, at);
    String counted = count == 1 ? key : key + "/" + count;
    return delivery.replay() == 0 ? counted : counted + "@" + delivery.replay();
  }

  /** Shared by the copies that splitters and multicasts make, because properties are copied. */
  @SuppressWarnings("unchecked")
  private static Map<String, Integer> emissions(Exchange exchange) {
    return exchange.getProperty(EMISSIONS, Map.class);
  }

  /** Begins to count what is emitted while an event is handled. */
  static void count(Exchange exchange) {
    exchange.setProperty(EMISSIONS, new ConcurrentHashMap<String, Integer>());
  }

  /** Lets Kamelets that make something other than an event name it as an event is keyed. */
  static void name(Exchange exchange, Claimed delivery) {
    Map<String, Integer> emissions = emissions(exchange);
    Object subscription = exchange.getProperty(EventConsumer.SUBSCRIPTION);
    exchange.setProperty(
        KEYS, (UnaryOperator<String>) at -> key(emissions, delivery, subscription, at));
  }

  private @Nullable Instant dueAt(OptionValue.Scope scope) {
    String time = at.of(scope);
    if (time != null) {
      try {
        return Instant.parse(time);
      } catch (DateTimeParseException e) {
        throw new IllegalArgumentException(
            "event: option 'at' is '%s'; it must be a time such as 2026-12-24T18:00:00Z"
                .formatted(time),
            e);
      }
    }
    String wait = delay.of(scope);
    if (wait == null) {
      return null;
    }
    return clock.instant().plus(TimeSpan.parse("event", "delay", wait));
  }

  private static byte[] bytes(@Nullable Object body) throws IOException {
    return switch (body) {
      case null -> "null".getBytes(StandardCharsets.UTF_8);
      case byte[] bytes -> bytes;
      case String text -> text.getBytes(StandardCharsets.UTF_8);
      default -> JSON.writeValueAsBytes(body);
    };
  }

  private static String contentType(Exchange exchange) {
    String type = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
    return type == null ? "application/json" : type;
  }

  private static JsonNode parse(byte[] data) {
    try {
      return JSON.readTree(data);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "event: an option is a JSON pointer, but the body is no JSON", e);
    }
  }
}
