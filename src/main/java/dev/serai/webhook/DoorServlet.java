package dev.serai.webhook;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Objects;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.http.common.HttpConsumer;
import org.apache.camel.http.common.ServletResolveConsumerStrategy;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/** Camel's servlet, with an answer for paths that no source has. */
final class DoorServlet extends CamelHttpTransportServlet {

  private final transient Door door;

  DoorServlet(Door door) {
    this.door = door;
  }

  String name() {
    return door.servletName();
  }

  @Override
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    setServletResolveConsumerStrategy(new ByPath());
  }

  @Override
  protected void doService(HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    try (MDC.MDCCloseable id = RequestId.open(request, response)) {
      HttpConsumer consumer = ByPath.find(request, getConsumers());
      if (consumer == null) {
        door.unknown(Objects.requireNonNullElse(request.getPathInfo(), "")).write(response);
      } else {
        // Looked up again, it might be gone: its route may be replaced at any time.
        request.setAttribute(ByPath.FOUND, consumer);
        super.doService(request, response);
      }
    }
  }

  /** A source has one path, whatever the method: Camel's own strategy matches templates. */
  private static final class ByPath implements ServletResolveConsumerStrategy {

    static final String FOUND = "serai.consumer";

    static @Nullable HttpConsumer find(
        HttpServletRequest request, Map<String, HttpConsumer> consumers) {
      for (HttpConsumer consumer : consumers.values()) {
        if (Objects.equals(consumer.getPath(), request.getPathInfo())) {
          return consumer;
        }
      }
      return null;
    }

    @Override
    @SuppressWarnings("NullAway") // Camel is not annotated; null is its "none".
    public HttpConsumer resolve(HttpServletRequest request, Map<String, HttpConsumer> consumers) {
      return (HttpConsumer) request.getAttribute(FOUND);
    }

    @Override
    public boolean isHttpMethodAllowed(
        HttpServletRequest request, String method, Map<String, HttpConsumer> consumers) {
      return find(request, consumers) != null;
    }
  }
}
