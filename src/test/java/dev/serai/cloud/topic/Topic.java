package dev.serai.cloud.topic;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** A topic of a test: a route that publishes to it, and routes that take its messages. */
final class Topic implements AutoCloseable {

  private final TestHub hub;
  private final String name;
  private final String publisher = "publish-" + UUID.randomUUID();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Beforehand beforehand = (topic, subscription) -> {};

  /** Makes subscriptions where routes don't. */
  interface Beforehand {
    void create(String topic, String subscription) throws Exception;
  }

  Topic(TestHub hub, String name) throws Exception {
    this(hub, name, "orderingKey: '${header.order}', attributes: '${header.about}'");
  }

  /**
   * @param options of the Kamelet that publishes
   */
  Topic(TestHub hub, String name, String options) throws Exception {
    this.hub = hub;
    this.name = name;
    open.add(
        hub.routes(
            """
            - route:
                id: %s
                errorHandler: {noErrorHandler: {}}
                from:
                  uri: direct:%s
                  steps:
                    - to: {id: %s-to, uri: 'kamelet:topic-publish', parameters: {topic: '%s', %s}}
            """
                .formatted(publisher, publisher, publisher, name, options)));
  }

  Topic with(Beforehand subscriptions) {
    beforehand = subscriptions;
    return this;
  }

  String name() {
    return name;
  }

  /** Publishes and returns the message's id. */
  String publish(Object body, String orderingKey, Map<String, String> attributes) throws Exception {
    Exchange sent = send(body, orderingKey, attributes);
    if (sent.getException() != null) {
      throw sent.getException();
    }
    String result = sent.getVariable("serai.result", String.class);
    return new ObjectMapper().readTree(result).path("message_id").asText();
  }

  /** Publishes and returns what became of the caller's message. */
  Exchange send(@Nullable Object body, String orderingKey, Map<String, String> attributes) {
    return hub.camel()
        .createProducerTemplate()
        .send(
            "direct:" + publisher,
            exchange -> {
              exchange.getMessage().setBody(body);
              exchange.getMessage().setHeader("order", orderingKey);
              exchange.getMessage().setHeader("about", attributes);
            });
  }

  /** Takes messages under a name, with options of the Kamelet. */
  Received subscribe(String subscription, String options, Processor handler) throws Exception {
    beforehand.create(name, subscription);
    Received received = new Received(handler);
    String id = "take-" + UUID.randomUUID();
    hub.camel().getRegistry().bind(id, Processor.class, received);
    open.add(
        hub.routes(
            """
            - route:
                id: %s
                errorHandler: {noErrorHandler: {}}
                from:
                  uri: kamelet:topic-source
                  parameters: {topic: '%s', subscription: '%s', backoff: 20ms, maxBackoff: 50ms%s}
                  steps:
                    - process: {id: %s-code, ref: %s}
            """
                .formatted(id, name, subscription, options, id, id)));
    return received;
  }

  Received subscribe(String subscription) throws Exception {
    return subscribe(subscription, "", exchange -> {});
  }

  @Override
  public void close() throws Exception {
    for (AutoCloseable route : open.reversed()) {
      route.close();
    }
  }

  /** What a route was given, in its order. */
  static final class Received implements Processor {

    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final Processor handler;

    private Received(Processor handler) {
      this.handler = handler;
    }

    @Override
    public void process(Exchange exchange) throws Exception {
      messages.add(
          new Message(
              exchange.getMessage().getBody(),
              Map.copyOf(exchange.getVariable("message", Map.class)),
              String.valueOf(exchange.getVariable("event", Map.class).get("id"))));
      handler.process(exchange);
    }

    List<Message> all() {
      return messages;
    }

    List<Object> bodies() {
      return messages.stream().map(Message::body).toList();
    }
  }

  /** One message as a route saw it. */
  record Message(Object body, Map<?, ?> all, String eventId) {

    /** A part of the variable {@code message}. */
    @Nullable Object about(String part) {
      return all.get(part);
    }
  }
}
