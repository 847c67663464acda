package dev.serai.bus;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** The {@code event} component: events as a route's input and output. */
final class EventComponent extends DefaultComponent {

  private final Bus bus;

  EventComponent(Bus bus) {
    this.bus = bus;
  }

  /**
   * Normalised, the URI of a component without a path is cut at the first colon of its parameters:
   * of a time, or an expression.
   */
  @Override
  public boolean useRawUri() {
    return true;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    if (remaining != null && !remaining.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' has a path '%s'; the event component takes parameters only"
              .formatted(uri, remaining));
    }
    var consumer = new EventConsumerOptions();
    var producer = new EventProducerOptions();
    // Each takes what is its own out of the parameters; what remains is an unknown option.
    setProperties(consumer, parameters);
    setProperties(producer, parameters);
    return new EventEndpoint(uri, this, bus, consumer, producer);
  }
}
