package dev.serai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.jspecify.annotations.Nullable;

/** A route, written in YAML, whose first step is code of the test; closing it takes it away. */
public final class TestHandler implements AutoCloseable {

  private final TestHub hub;
  private final String id;
  private final Map<String, Object> options = new LinkedHashMap<>();
  private String component = "event";
  private String steps = "";
  private TestHub.@Nullable Routes routes;

  private TestHandler(TestHub hub, String id) {
    this.hub = hub;
    this.id = id;
    options.put("types", TestLog.newType());
  }

  /** A route of a type of its own. */
  public static TestHandler of(TestHub hub) {
    return new TestHandler(hub, "test-" + UUID.randomUUID());
  }

  /** A route with the job of this name. */
  public static TestHandler job(TestHub hub, String name) {
    TestHandler handler = new TestHandler(hub, "job-" + name);
    handler.component = "job";
    handler.options.remove("types");
    return handler.with("name", name);
  }

  /** A route of this id. */
  public static TestHandler named(TestHub hub, String id) {
    return new TestHandler(hub, id);
  }

  /** The same route on another hub, with code of its own. */
  public TestHandler on(TestHub other) {
    TestHandler same = new TestHandler(other, id);
    same.options.putAll(options);
    same.steps = steps;
    same.component = component;
    return same;
  }

  public TestHandler with(String option, Object value) {
    options.put(option, value);
    return this;
  }

  /** Adds steps in YAML after the test's own; {@code {id}} in them is the route's id. */
  public TestHandler then(String yaml) {
    steps = yaml.replace("{id}", id).indent(8);
    return this;
  }

  /** Adds a step that emits an event with these options. */
  public TestHandler emit(String parameters) {
    return then("- to: {id: '{id}-emit', uri: event, parameters: {%s}}".formatted(parameters));
  }

  /** Starts the route. */
  public TestHandler handle(Processor handler) throws Exception {
    hub.camel().getRegistry().bind(id, Processor.class, handler);
    routes = hub.routes(yaml());
    return this;
  }

  public String yaml() {
    String parameters =
        options.entrySet().stream()
            .map(option -> "\"%s\": \"%s\"".formatted(option.getKey(), option.getValue()))
            .collect(Collectors.joining(", "));
    return """
    - route:
        id: %s
        errorHandler: {noErrorHandler: {}}
        from:
          uri: %s
          parameters: {%s}
          steps:
            - process: {id: %s-code, ref: %s}
    """
            .formatted(id, component, parameters, id, id)
        + steps;
  }

  public String id() {
    return id;
  }

  public String type() {
    return String.valueOf(options.getOrDefault("types", "job." + options.get("name")));
  }

  /** Appends an event of the route's type. */
  public UUID send() {
    return log().append(type());
  }

  public UUID send(@Nullable String subject) {
    return log().append(TestLog.event(type(), subject)).id();
  }

  public TestLog log() {
    return TestLog.of(hub);
  }

  public TestLog.Delivery awaitState(UUID event, String state) {
    return log().awaitState(event, id, state);
  }

  public TestLog.Delivery delivery(UUID event) {
    return log().delivery(event, id);
  }

  public List<TestLog.FailedAttempt> attempts(UUID event) {
    return log().attempts(event, id);
  }

  /** The id of the event that an exchange handles. */
  public static UUID eventId(Exchange exchange) {
    return UUID.fromString(String.valueOf(attribute(exchange, "id")));
  }

  public static int attempt(Exchange exchange) {
    return exchange.getVariable("event", Map.class).get("attempt") instanceof Integer number
        ? number
        : 0;
  }

  public static @Nullable Object attribute(Exchange exchange, String name) {
    return exchange.getVariable("event", Map.class).get(name);
  }

  @Override
  public void close() throws Exception {
    TestHub.Routes loaded = routes;
    if (loaded != null) {
      loaded.close();
    }
    hub.camel().getRegistry().unbind(id);
  }
}
