package dev.serai.cloud;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** Routes of a test that make and delete tasks. */
final class Tasks implements AutoCloseable {

  private final TestHub hub;
  private final String id = "tasks-" + UUID.randomUUID();
  private final TestHub.Routes routes;

  /**
   * @param options of the Kamelet that makes them, beside the URL and the name
   */
  Tasks(TestHub hub, String url, Map<String, String> options) throws Exception {
    this.hub = hub;
    Map<String, String> all = new LinkedHashMap<>();
    all.put("url", url);
    all.put("name", "${header.name}");
    all.putAll(options);
    String parameters =
        all.entrySet().stream()
            .map(option -> "%s: '%s'".formatted(option.getKey(), option.getValue()))
            .collect(Collectors.joining(", "));
    String yaml =
        """
        - route:
            id: {id}
            errorHandler: {noErrorHandler: {}}
            from:
              uri: direct:{id}
              steps:
                - to: {id: '{id}-create', uri: 'kamelet:task-create', parameters: {{parameters}}}
        - route:
            id: {id}-deleting
            errorHandler: {noErrorHandler: {}}
            from:
              uri: direct:{id}-deleting
              steps:
                - to: {id: '{id}-delete', uri: 'kamelet:task-delete', parameters: {name: '${header.name}'}}
        """;
    routes = hub.routes(yaml.replace("{id}", id).replace("{parameters}", parameters));
  }

  static String name() {
    return "test-" + UUID.randomUUID();
  }

  /** Makes a task and returns what the caller is told. */
  JsonNode create(String name, @Nullable Object body) throws Exception {
    return told(send(id, name, body));
  }

  JsonNode delete(String name) throws Exception {
    return told(send(id + "-deleting", name, null));
  }

  /** Makes a task and returns what became of the caller's message. */
  Exchange send(String name, @Nullable Object body) {
    return send(id, name, body);
  }

  private Exchange send(String route, String name, @Nullable Object body) {
    return hub.camel()
        .createProducerTemplate()
        .send(
            "direct:" + route,
            exchange -> {
              exchange.getMessage().setBody(body);
              exchange.getMessage().setHeader("name", name);
            });
  }

  private static JsonNode told(Exchange sent) throws Exception {
    if (sent.getException() != null) {
      throw sent.getException();
    }
    return new ObjectMapper().readTree(sent.getVariable("serai.result", String.class));
  }

  @Override
  public void close() throws Exception {
    routes.close();
  }
}
