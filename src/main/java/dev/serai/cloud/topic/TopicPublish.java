package dev.serai.cloud.topic;

import dev.serai.cloud.PostBody;
import dev.serai.cloud.SimpleExpression;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.support.DefaultMessage;
import org.jspecify.annotations.Nullable;

/**
 * The bean of one use of the local Kamelet {@code topic-publish}: makes the data of an event of the
 * caller's message, and gives the caller its message back.
 */
public final class TopicPublish {

  private static final String CALL = "SeraiTopicPublish";

  /** What a step {@code to: event} leaves; a webhook's route is answered by its own one. */
  private static final String RECEIPT = "SeraiReceipt";

  private String topic = "";
  private String orderingKey = "";
  private Attributes attributes = new Attributes("");

  /**
   * @throws IllegalArgumentException naming the parameter whose value can't be
   */
  public void open() {
    TopicName.require("topic-publish: parameter 'topic'", topic);
  }

  /** Puts the event's data in place of the caller's message; the header says what orders it. */
  public void prepare(Exchange exchange) throws IOException {
    Message caller = exchange.getMessage();
    Map<String, String> all = new LinkedHashMap<>();
    String contentType = caller.getHeader(Exchange.CONTENT_TYPE, String.class);
    if (contentType != null) {
      all.put(TopicMessage.CONTENT_TYPE, contentType);
    }
    all.putAll(attributes.of(exchange));
    TopicMessage message =
        TopicMessage.published(
            PostBody.bytes(caller.getBody()), all, SimpleExpression.value(exchange, orderingKey));
    Message event = new DefaultMessage(exchange.getContext());
    event.setBody(message.json());
    event.setHeader(Exchange.CONTENT_TYPE, "application/json");
    event.setHeader("orderedBy", message.orderedBy());
    exchange.setProperty(CALL, new Call(caller, exchange.getProperty(RECEIPT)));
    exchange.setMessage(event);
  }

  /** Gives the caller its message back, whatever happened. */
  public void restore(Exchange exchange) {
    if (exchange.removeProperty(CALL) instanceof Call call) {
      exchange.setMessage(call.caller);
      exchange.setProperty(RECEIPT, call.receipt);
    }
  }

  /** Name of the topic. */
  public void setTopic(String topic) {
    this.topic = topic;
  }

  /** What orders messages, an expression in Camel's simple language. */
  public void setOrderingKey(String orderingKey) {
    this.orderingKey = orderingKey;
  }

  /** The attributes, {@code name=value|name=value}, or an expression that gives a map. */
  public void setAttributes(String attributes) {
    this.attributes = new Attributes(attributes);
  }

  private record Call(Message caller, @Nullable Object receipt) {}
}
