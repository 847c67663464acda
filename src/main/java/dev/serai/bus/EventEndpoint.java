package dev.serai.bus;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.MultipleConsumersSupport;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Takes events from the log as a subscription, or appends events to it.
 *
 * <p>As a consumer the route's id names the subscription. Each event is delivered at least once;
 * the body is its data (text for JSON and text, else bytes), the variable {@code event} its
 * attributes. As a producer the message's body becomes the data of a new event; behind an {@code
 * inbound} endpoint, and without {@code type}, the received event is appended as it is.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "event",
    title = "Event",
    syntax = "event",
    category = {Category.MESSAGING})
public final class EventEndpoint extends DefaultEndpoint implements MultipleConsumersSupport {

  private final Bus bus;

  @UriParam private final EventConsumerOptions consumer;
  @UriParam private final EventProducerOptions producer;

  EventEndpoint(
      String uri,
      EventComponent component,
      Bus bus,
      EventConsumerOptions consumer,
      EventProducerOptions producer) {
    super(uri, component);
    this.bus = bus;
    this.consumer = consumer;
    this.producer = producer;
  }

  @Override
  public Producer createProducer() {
    if (Boolean.TRUE.equals(producer.sensitive)) {
      bus.engine().log().requireKey();
    }
    return new EventProducer(this, producer, bus.engine());
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    consumer.subscription("any"); // so that a trial of the route finds what can't be
    EventConsumer created = new EventConsumer(this, processor, consumer, bus);
    configureConsumer(created);
    return created;
  }

  @Override
  public boolean isMultipleConsumersSupported() {
    return true;
  }
}
