package dev.serai.webhook;

import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.component.servlet.ServletComponent;
import org.apache.camel.component.servlet.ServletEndpoint;
import org.apache.camel.support.DefaultConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.jspecify.annotations.Nullable;

/** A route's door: camel-servlet takes the request, a {@link SourceProcessor} all that is ours. */
final class InboundConsumer extends DefaultConsumer {

  private final Door door;
  private final SourceOptions options;
  private @Nullable Consumer servlet;

  InboundConsumer(InboundEndpoint endpoint, Processor processor, Door door, SourceOptions options) {
    super(endpoint, processor);
    this.door = door;
    this.options = options;
  }

  @Override
  protected void doStart() throws Exception {
    super.doStart();
    Source source = door.open(options);
    ServletComponent component =
        getEndpoint().getCamelContext().getComponent("servlet", ServletComponent.class);
    ServletEndpoint endpoint =
        (ServletEndpoint)
            component.createEndpoint(
                "servlet:%s?disableStreamCache=true".formatted(options.servletPath()));
    endpoint.setServletName(door.servletName());
    // Otherwise Camel answers OPTIONS itself, with 200.
    endpoint.setOptionsEnabled(true);
    endpoint.setHttpBinding(new InboundBinding(endpoint.getHeaderFilterStrategy()));
    servlet = endpoint.createConsumer(new SourceProcessor(source, door, getProcessor()));
    ServiceHelper.startService(endpoint, servlet);
  }

  @Override
  protected void doStop() throws Exception {
    ServiceHelper.stopService(servlet);
    door.close(options);
    super.doStop();
  }
}
