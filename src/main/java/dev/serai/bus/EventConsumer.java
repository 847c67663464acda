package dev.serai.bus;

import dev.serai.event.Claimed;
import dev.serai.event.Event;
import dev.serai.trace.Hop;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** A route's subscription: its lane is open while the route runs. */
final class EventConsumer extends DefaultConsumer {

  /** The exchange property with the deliveries that the route handles together. */
  static final String BATCH = "SeraiBatch";

  /** The exchange property with the name of the subscription; mostly the route's id. */
  static final String SUBSCRIPTION = "SeraiSubscription";

  /** The variable whose text is recorded with the end of the delivery. */
  private static final String RESULT = "serai.result";

  private final EventConsumerOptions options;
  private final Bus bus;
  private boolean takesBatches;
  private boolean isTransaction;
  private String subscription = "";
  private @Nullable Lane lane;

  EventConsumer(
      EventEndpoint endpoint, Processor processor, EventConsumerOptions options, Bus bus) {
    super(endpoint, processor);
    this.options = options;
    this.bus = bus;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    SubscriptionSpec spec = options.subscription(getRoute().getRouteId());
    takesBatches = spec.policy().batch().isSet();
    isTransaction = spec.policy().transaction();
    subscription = spec.name();
    lane = bus.open(spec, this::handle);
  }

  @Override
  protected void doStop() throws Exception {
    Lane open = lane;
    if (open != null) {
      bus.close(open);
      lane = null;
    }
    super.doStop();
  }

  private Handler.Told handle(List<Claimed> deliveries) throws Exception {
    AttemptHops hops =
        AttemptHops.begin(bus.engine().tracing(), getRoute().getRouteId(), deliveries);
    try {
      Handler.Told told = handle(deliveries, hops.first());
      hops.end(null, told.failed());
      return told;
    } catch (Exception | Error e) {
      hops.end(e, Map.of());
      throw e;
    }
  }

  private Handler.Told handle(List<Claimed> deliveries, Hop hop) throws Exception {
    Exchange exchange = createExchange(true);
    exchange.setProperty(Hop.PROPERTY, hop);
    if (isTransaction) {
      // Camel's steps then stay on this thread, to which the transaction belongs: delay, for one,
      // would go on with another.
      createUoW(exchange);
      exchange.getUnitOfWork().beginTransactedBy(this);
    }
    try {
      EmittedEvent.count(exchange);
      exchange.setProperty(SUBSCRIPTION, subscription);
      fill(exchange, deliveries);
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
      return new Handler.Told(
          exchange.getVariable(RESULT, String.class),
          takesBatches ? RefusedOfBatch.of(exchange, deliveries) : Map.of());
    } catch (Error e) {
      // Camel doesn't count out an exchange that ends like this; the route's stop would wait for
      // it.
      getEndpoint()
          .getCamelContext()
          .getInflightRepository()
          .remove(exchange, getRoute().getRouteId());
      throw e;
    } finally {
      if (isTransaction) {
        exchange.getUnitOfWork().endTransactedBy(this);
        doneUoW(exchange);
      }
      releaseExchange(exchange, true);
    }
  }

  private void fill(Exchange exchange, List<Claimed> deliveries) {
    if (takesBatches) {
      exchange.setProperty(BATCH, deliveries);
      exchange.setVariable("events", deliveries.stream().map(EventConsumer::attributes).toList());
      exchange
          .getMessage()
          .setBody(deliveries.stream().map(delivery -> body(delivery.event())).toList());
      return;
    }
    Claimed delivery = deliveries.getFirst();
    exchange.setProperty(Claimed.PROPERTY, delivery);
    EmittedEvent.name(exchange, delivery);
    exchange.setVariable("event", attributes(delivery));
    exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, delivery.event().contentType());
    exchange.getMessage().setBody(body(delivery.event()));
  }

  private static Object body(Event event) {
    String type = event.contentType().toLowerCase(Locale.ROOT);
    boolean text = type.startsWith("text/") || type.contains("json") || type.contains("xml");
    return text ? new String(event.body(), StandardCharsets.UTF_8) : event.body();
  }

  private static Map<String, @Nullable Object> attributes(Claimed delivery) {
    Event event = delivery.event();
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    attributes.put("id", event.id().toString());
    attributes.put("source", event.source());
    attributes.put("type", event.type());
    attributes.put("subject", event.subject());
    attributes.put("workspace", event.workspace());
    attributes.put("time", event.time());
    attributes.put("receivedAt", event.receivedAt());
    attributes.put("key", event.key());
    attributes.put("attempt", delivery.attempt());
    return attributes;
  }
}
