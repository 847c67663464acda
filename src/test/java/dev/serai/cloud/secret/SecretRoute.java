package dev.serai.cloud.secret;

import dev.serai.TestHub;
import java.util.UUID;
import org.apache.camel.Exchange;

/** A route of a test that asks for a secret. */
final class SecretRoute implements AutoCloseable {

  private final TestHub hub;
  private final String id = "secret-" + UUID.randomUUID();
  private final TestHub.Routes routes;

  /**
   * @param options of the Kamelet
   */
  SecretRoute(TestHub hub, String options) throws Exception {
    this.hub = hub;
    routes =
        hub.routes(
            """
            - route:
                id: %s
                errorHandler: {noErrorHandler: {}}
                from:
                  uri: direct:%s
                  steps:
                    - to: {id: %s-get, uri: 'kamelet:secret-get', parameters: {%s}}
            """
                .formatted(id, id, id, options));
  }

  /** What became of a message with the body {@code mine}. */
  Exchange ask() {
    return hub.camel()
        .createProducerTemplate()
        .send("direct:" + id, exchange -> exchange.getMessage().setBody("mine"));
  }

  @Override
  public void close() throws Exception {
    routes.close();
  }
}
