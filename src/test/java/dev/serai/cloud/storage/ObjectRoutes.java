package dev.serai.cloud.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.serai.TestHub;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.jspecify.annotations.Nullable;

/** A route for each Kamelet of storage, whose parameters are variables of its caller. */
final class ObjectRoutes implements AutoCloseable {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final String id = "objects-" + UUID.randomUUID();
  private final ProducerTemplate camel;
  private final TestHub.Routes routes;

  ObjectRoutes(TestHub hub, String bucket) throws Exception {
    camel = hub.camel().createProducerTemplate();
    String name = "'${variable.name}'";
    Map<String, String> put =
        Map.of(
            "name", name,
            "contentType", "'${variable.type}'",
            "contentEncoding", "'${variable.encoding}'",
            "cacheControl", "'${variable.cache}'",
            "metadata", "'${variable.metadata}'",
            "crc32c", "'${variable.crc32c}'");
    Map<String, String> once = new LinkedHashMap<>(put);
    once.put("overwrite", "false");
    Map<String, String> part =
        Map.of(
            "name", name,
            "offset", "'${variable.offset}'",
            "length", "'${variable.length}'");
    String yaml =
        String.join(
            "",
            route("put", "object-put", bucket, put),
            route("once", "object-put", bucket, once),
            route("get", "object-get", bucket, part),
            route("optional", "object-get", bucket, Map.of("name", name, "optional", "true")),
            route(
                "list",
                "object-list",
                bucket,
                Map.of(
                    "prefix", "'${variable.prefix}'",
                    "after", "'${variable.after}'",
                    "limit", "3")),
            route(
                "delete",
                "object-delete",
                bucket,
                Map.of("name", name, "generation", "'${variable.generation}'")),
            route("sign-get", "object-sign", bucket, Map.of("name", name, "expires", "1h")),
            route(
                "sign-put",
                "object-sign",
                bucket,
                Map.of("name", name, "method", "PUT", "maxSize", "1MB", "overwrite", "false")),
            route(
                "sign-csv",
                "object-sign",
                bucket,
                Map.of("name", name, "method", "PUT", "maxSize", "8B", "contentType", "text/csv")));
    routes = hub.routes(yaml);
  }

  private String route(String what, String kamelet, String bucket, Map<String, String> parameters) {
    String options =
        parameters.entrySet().stream()
            .map(option -> option.getKey() + ": " + option.getValue())
            .collect(Collectors.joining(", "));
    String whole =
        kamelet.equals("object-get")
            ? "- convertBodyTo: {id: %s-%s-bytes, type: 'byte[]'}\n".formatted(id, what)
            : "";
    return """
    - route:
        id: %1$s-%2$s
        errorHandler: {noErrorHandler: {}}
        from:
          uri: direct:%1$s-%2$s
          steps:
            - to: {id: %1$s-%2$s-do, uri: 'kamelet:%3$s', parameters: {bucket: %4$s, %5$s}}
    """
            .formatted(id, what, kamelet, bucket, options)
        + whole.indent(8);
  }

  /** What is left of a call. */
  Exchange call(String what, @Nullable Object body, Map<String, ?> variables) {
    return camel.send(
        "direct:%s-%s".formatted(id, what),
        exchange -> {
          exchange.getMessage().setBody(body);
          variables.forEach(exchange::setVariable);
        });
  }

  /** A call that must not fail. */
  Exchange done(String what, @Nullable Object body, Map<String, ?> variables) throws Exception {
    Exchange exchange = call(what, body, variables);
    if (exchange.getException() != null) {
      throw exchange.getException();
    }
    return exchange;
  }

  JsonNode put(String name, Object body) throws Exception {
    return result(done("put", body, Map.of("name", name)));
  }

  byte[] get(String name) throws Exception {
    return done("get", "", Map.of("name", name)).getMessage().getBody(byte[].class);
  }

  /** A signed address for an object. */
  String sign(String what, String name) throws Exception {
    return done("sign-" + what, "", Map.of("name", name)).getMessage().getBody(String.class);
  }

  /** An address, and what must be sent with it. */
  record Signed(String address, String... headers) {}

  Signed signed(String what, String name) throws Exception {
    Exchange done = done("sign-" + what, "", Map.of("name", name));
    String[] headers =
        result(done).path("headers").properties().stream()
            .flatMap(header -> Stream.of(header.getKey(), header.getValue().asText()))
            .toArray(String[]::new);
    return new Signed(done.getMessage().getBody(String.class), headers);
  }

  static JsonNode result(Exchange exchange) throws Exception {
    return JSON.readTree(exchange.getVariable("serai.result", String.class));
  }

  @Override
  public void close() throws Exception {
    routes.close();
    camel.close();
  }
}
