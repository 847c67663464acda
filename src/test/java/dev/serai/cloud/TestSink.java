package dev.serai.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.Api;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.Processor;

/** A sink of the configuration, under a name of its own, and a handler that posts to it. */
final class TestSink implements AutoCloseable {

  static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  static final String SECRET = "whsec_" + KEY;
  static final String OTHER_KEY = Base64.getEncoder().encodeToString(new byte[32]);

  /** The resource of its tests, which take turns: two can't load routes at once. */
  static final String TURN = "hub of the sinks";

  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final TestHub hub = Own.HUB;
  private final String name = "partner-" + NUMBER.incrementAndGet();
  private final Map<String, String> parameters = new LinkedHashMap<>();

  private static final class Own {
    private static final TestHub HUB = TestHub.shared().another(Map.of());
  }

  private TestSink() {
    parameters.put("sink", name);
  }

  static TestSink of(Partner partner) {
    return new TestSink().set("url", partner.url()).set("secrets", SECRET);
  }

  /** One that nothing is known of. */
  static TestSink unknown() {
    return new TestSink();
  }

  /** What the event's one delivery tells, as an operator sees it. */
  static JsonNode result(UUID event) throws Exception {
    JsonNode found = Api.of(Own.HUB).get("/api/v1/events/" + event).json();
    return new ObjectMapper().readTree(found.at("/deliveries/0/result").asText());
  }

  String name() {
    return name;
  }

  /** Sets an item of the sink's configuration. */
  TestSink set(String item, String value) {
    System.setProperty(Sink.property(name) + "." + item, value);
    return this;
  }

  /** Sets a parameter of the Kamelet. */
  TestSink with(String parameter, String value) {
    parameters.put(parameter, value);
    return this;
  }

  TestHandler handler(Processor first) throws Exception {
    return handler(first, exchange -> {});
  }

  /** A route whose steps are code of the test, the Kamelet, and more code. */
  TestHandler handler(Processor first, Processor last) throws Exception {
    return prepared(last).handle(first);
  }

  TestHandler prepared(Processor last) {
    String bean = name + "-last";
    hub.camel().getRegistry().bind(bean, Processor.class, last);
    String options =
        parameters.entrySet().stream()
            .map(option -> "'%s': '%s'".formatted(option.getKey(), option.getValue()))
            .collect(Collectors.joining(", "));
    return TestHandler.of(hub)
        .with("backoff", "20ms")
        .with("maxBackoff", "50ms")
        .then(
            """
            - to: {id: '{id}-post', uri: 'kamelet:http-post', parameters: {%s}}
            - process: {id: '{id}-last', ref: '%s'}
            """
                .formatted(options, bean));
  }

  /** A route that catches what the Kamelet throws, and runs code of the test then. */
  TestHandler catching(Processor caught) throws Exception {
    TestHandler handler = prepared(caught);
    return handler
        .then(
            """
            - doTry:
                id: '{id}-try'
                steps:
                  - to: {id: '{id}-post', uri: 'kamelet:http-post', parameters: {sink: %s}}
                doCatch:
                  - id: '{id}-catch'
                    exception: [dev.serai.cloud.ReceiverException]
                    steps:
                      - process: {id: '{id}-caught', ref: '%s-last'}
            """
                .formatted(name, name))
        .handle(exchange -> {});
  }

  @Override
  public void close() {
    System.getProperties().stringPropertyNames().stream()
        .filter(property -> property.startsWith(Sink.property(name)))
        .forEach(System::clearProperty);
    hub.camel().getRegistry().unbind(name + "-last");
  }
}
