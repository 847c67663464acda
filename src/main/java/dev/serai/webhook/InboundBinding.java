package dev.serai.webhook;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.http.common.DefaultHttpBinding;
import org.apache.camel.spi.HeaderFilterStrategy;

/**
 * Maps nothing of a request to the message: its body is read under limits, its headers are looked
 * at by the scheme alone, and neither query nor form fields become headers that could steer a
 * route.
 */
final class InboundBinding extends DefaultHttpBinding {

  InboundBinding(HeaderFilterStrategy headers) {
    setHeaderFilterStrategy(headers);
  }

  @Override
  public void readRequest(HttpServletRequest request, Message message) {
    // CamelServlet takes the context path off this one and fails without it.
    message.setHeader(Exchange.HTTP_PATH, getRawPath(request));
  }

  @Override
  public void writeResponse(Exchange exchange, HttpServletResponse response) throws IOException {
    Reply reply = exchange.getProperty(Reply.PROPERTY, Reply.class);
    (reply == null ? Reply.routeFailed() : reply).write(response);
  }
}
