package dev.serai.redis.channel;

import java.util.Objects;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/** The bean behind the Kamelet {@code channel-publish}: what it does with the caller's message. */
public final class ChannelPublish implements CamelContextAware {

  private static final String CALLER = "SeraiChannelCaller";

  private @Nullable CamelContext camel;
  private String channel = "";
  private String workspace = "";

  @Override
  public @Nullable CamelContext getCamelContext() {
    return camel;
  }

  @Override
  public void setCamelContext(CamelContext context) {
    camel = context;
  }

  /** Name of the channel. */
  public void setChannel(String channel) {
    this.channel = channel;
  }

  /** The tenant it is for, an expression in Camel's simple language. */
  public void setWorkspace(String workspace) {
    this.workspace = workspace;
  }

  /** Puts what is published in place of the caller's message. */
  public void prepare(Exchange exchange) {
    Channels channels =
        Objects.requireNonNull(
            exchange.getContext().getRegistry().findSingleByType(Channels.class),
            "There are channels");
    String data = exchange.getMessage().getBody(String.class);
    String tenant =
        workspace.isEmpty()
            ? null
            : exchange
                .getContext()
                .resolveLanguage("simple")
                .createExpression(workspace)
                .evaluate(exchange, String.class);
    Message message = new DefaultMessage(exchange.getContext());
    message.setHeader("CamelRedis.Channel", channels.key(channel));
    message.setHeader(
        "CamelRedis.Message", channels.message(channel, tenant, data == null ? "null" : data));
    exchange.setProperty(CALLER, exchange.getMessage());
    exchange.setMessage(message);
  }

  /** Gives the caller its message back, whatever happened. */
  public void restore(Exchange exchange) {
    if (exchange.removeProperty(CALLER) instanceof Message caller) {
      exchange.setMessage(caller);
    }
  }
}
