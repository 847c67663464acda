package dev.serai.webhook;

import java.util.Map;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;

/** The {@code inbound} component: what providers post as a route's input. */
final class InboundComponent extends DefaultComponent {

  private final Door door;

  InboundComponent(Door door) {
    this.door = door;
  }

  /** Normalised, a URI without a path is cut at the first colon of its parameters. */
  @Override
  public boolean useRawUri() {
    return true;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters)
      throws Exception {
    if (remaining != null && !remaining.isEmpty()) {
      throw new IllegalArgumentException(
          "'%s' has a path '%s'; the inbound component takes parameters only"
              .formatted(uri, remaining));
    }
    SourceOptions options = new SourceOptions();
    setProperties(options, parameters);
    options.check();
    return new InboundEndpoint(uri, this, door, options);
  }
}
