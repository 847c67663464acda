package dev.serai.cloud.topic;

import com.google.protobuf.ByteString;
import com.google.pubsub.v1.PubsubMessage;
import dev.serai.cloud.PostBody;
import dev.serai.cloud.SimpleExpression;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * The bean of one use of the Kamelet {@code topic-publish} of Google Cloud: publishes the caller's
 * message, which stays as it is.
 */
public final class GoogleTopicPublish {

  private final Publishers publishers;
  private String topic = "";
  private String orderingKey = "";
  private String key = "";
  private String step = "";
  private Attributes attributes = new Attributes("");

  GoogleTopicPublish(Publishers publishers) {
    this.publishers = publishers;
  }

  /**
   * @throws IllegalArgumentException naming the parameter whose value can't be
   */
  public void open() {
    TopicName.require("topic-publish: parameter 'topic'", topic);
    publishers.use(topic);
  }

  /** Returns when Pub/Sub has the message. */
  public void publish(Exchange exchange) throws IOException, InterruptedException {
    Map<String, String> all = new LinkedHashMap<>();
    String contentType = exchange.getMessage().getHeader(Exchange.CONTENT_TYPE, String.class);
    if (contentType != null) {
      all.put(TopicMessage.CONTENT_TYPE, contentType);
    }
    all.putAll(attributes.of(exchange));
    TopicMessage message =
        TopicMessage.published(
            PostBody.bytes(exchange.getMessage().getBody()),
            all,
            SimpleExpression.value(exchange, orderingKey));
    PubsubMessage.Builder published =
        PubsubMessage.newBuilder()
            .setData(ByteString.copyFrom(message.data()))
            .putAllAttributes(message.attributes())
            .setOrderingKey(message.orderingKey());
    String given = SimpleExpression.value(exchange, key);
    String dedupeKey = given.isEmpty() ? StepKey.of(exchange, step) : given;
    if (message.attributes().size() < TopicMessage.MOST_ATTRIBUTES) {
      published.putAttributes(TopicMessage.KEY, StepKey.fit(dedupeKey));
    }
    String id = publishers.publish(topic, published.build());
    exchange.setVariable("serai.result", "{\"message_id\":\"%s\"}".formatted(id));
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

  /** What a second message is known by, an expression. */
  public void setKey(String key) {
    this.key = key;
  }

  /** Id of the step that calls the Kamelet. */
  public void setStep(String step) {
    this.step = step;
  }
}
