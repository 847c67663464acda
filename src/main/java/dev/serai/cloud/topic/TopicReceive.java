package dev.serai.cloud.topic;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.jspecify.annotations.Nullable;

/** The bean of one use of the Kamelet {@code topic-source}: makes a message of an event. */
public final class TopicReceive {

  private String topic = "";
  private String subscription = "";

  /**
   * @throws IllegalArgumentException naming the parameter whose value can't be
   */
  public void open() {
    TopicName.require("topic-source: parameter 'topic'", topic);
    TopicName.require("topic-source: parameter 'subscription'", subscription);
  }

  /** Body, header and variables as on every cloud; what else the event has is taken away. */
  public void receive(Exchange exchange) throws IOException {
    TopicMessage message = TopicMessage.parse(exchange.getMessage().getBody(String.class));
    Map<?, ?> event = exchange.getVariable("event", Map.class);
    Map<String, @Nullable Object> about = new LinkedHashMap<>();
    about.put("id", message.id() == null ? event.get("id") : message.id());
    about.put("topic", topic);
    about.put("subscription", subscription);
    about.put("attributes", message.attributes());
    about.put("orderingKey", message.orderingKey());
    about.put("publishTime", event.get("time"));
    about.put("attempt", event.get("attempt"));
    exchange.setVariable("message", about);
    exchange.setVariable("event", asEvent(about));
    Message received = exchange.getMessage();
    String contentType = message.attributes().get(TopicMessage.CONTENT_TYPE);
    received.setHeader(Exchange.CONTENT_TYPE, contentType);
    String text = message.text();
    received.setBody(text != null && isText(contentType) ? text : message.data());
  }

  /** What steps that expect an event ask for. */
  private Map<String, @Nullable Object> asEvent(Map<String, @Nullable Object> message) {
    Map<String, @Nullable Object> event = new LinkedHashMap<>();
    event.put("id", message.get("id"));
    event.put("source", "topic");
    event.put("type", "topic." + topic);
    event.put("subject", message.get("orderingKey"));
    event.put("time", message.get("publishTime"));
    event.put("attempt", message.get("attempt"));
    return event;
  }

  private static boolean isText(@Nullable String contentType) {
    if (contentType == null) {
      return true;
    }
    String type = contentType.toLowerCase(Locale.ROOT);
    return type.startsWith("text/") || type.contains("json") || type.contains("xml");
  }

  /** Name of the topic. */
  public void setTopic(String topic) {
    this.topic = topic;
  }

  /** Name of the subscription. */
  public void setSubscription(String subscription) {
    this.subscription = subscription;
  }
}
