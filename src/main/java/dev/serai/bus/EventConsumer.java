package dev.serai.bus;

import dev.serai.event.Claimed;
import dev.serai.event.Event;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultConsumer;
import org.jspecify.annotations.Nullable;

/** A route's subscription: its lane is open while the route runs. */
final class EventConsumer extends DefaultConsumer {

  /** The exchange property with the delivery that the route handles. */
  static final String DELIVERY = "SeraiDelivery";

  /** The variable whose text is recorded with the end of the delivery. */
  private static final String RESULT = "serai.result";

  private final EventConsumerOptions options;
  private final Bus bus;
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
    lane = bus.open(options.subscription(getRoute().getRouteId()), this::handle);
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

  private @Nullable String handle(Claimed delivery) throws Exception {
    Exchange exchange = createExchange(true);
    try {
      Event event = delivery.event();
      exchange.setProperty(DELIVERY, delivery);
      EmittedEvent.count(exchange);
      exchange.setVariable("event", attributes(delivery));
      exchange.getMessage().setHeader(Exchange.CONTENT_TYPE, event.contentType());
      exchange.getMessage().setBody(body(event));
      getProcessor().process(exchange);
      if (exchange.getException() != null) {
        throw exchange.getException();
      }
      return exchange.getVariable(RESULT, String.class);
    } catch (Error e) {
      // Camel doesn't count out an exchange that ends like this; the route's stop would wait for
      // it.
      getEndpoint()
          .getCamelContext()
          .getInflightRepository()
          .remove(exchange, getRoute().getRouteId());
      throw e;
    } finally {
      releaseExchange(exchange, true);
    }
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
