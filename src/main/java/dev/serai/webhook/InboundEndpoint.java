package dev.serai.webhook;

import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.support.DefaultEndpoint;

/**
 * Takes what a provider posts, verifies it, and gives the route its event.
 *
 * <p>The body is the raw bytes, which a step {@code to: event} appends as they are. The provider
 * gets a 2xx only if the route ends with the receipt of that append.
 */
@UriEndpoint(
    firstVersion = "0.1.0",
    scheme = "inbound",
    title = "Inbound",
    syntax = "inbound",
    consumerOnly = true,
    category = {Category.HTTP})
public final class InboundEndpoint extends DefaultEndpoint {

  private final Door door;

  @UriParam private final SourceOptions options;

  InboundEndpoint(String uri, InboundComponent component, Door door, SourceOptions options) {
    super(uri, component);
    this.door = door;
    this.options = options;
  }

  @Override
  public Consumer createConsumer(Processor processor) throws Exception {
    door.check(options);
    InboundConsumer consumer = new InboundConsumer(this, processor, door, options);
    configureConsumer(consumer);
    return consumer;
  }

  @Override
  public Producer createProducer() {
    throw new UnsupportedOperationException("inbound is an input: it can't be a step's target");
  }
}
