package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.Api;
import dev.serai.TestHandler;
import dev.serai.TestHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Is the served description that of the API: all of it, and as it answers? */
class OpenApiTest {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

  private final TestHub hub = TestHub.shared();
  private final Api api = Api.of(hub);
  private Description description;

  @BeforeEach
  void ask() throws Exception {
    description = Description.of(hub);
  }

  /** An operation of a controller of ours. */
  private record Served(String method, String path, HandlerMethod handler) {
    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  private List<Served> served() {
    List<Served> served = new ArrayList<>();
    hub.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
        .getHandlerMethods()
        .forEach(
            (mapping, handler) -> {
              for (String path : mapping.getPatternValues()) {
                if (path.startsWith("/api/") && isOurs(handler)) {
                  assertThat(mapping.getMethodsCondition().getMethods()).as(path).isNotEmpty();
                  mapping
                      .getMethodsCondition()
                      .getMethods()
                      .forEach(method -> served.add(new Served(method.name(), path, handler)));
                }
              }
            });
    assertThat(served).hasSizeGreaterThan(14);
    return served;
  }

  private static boolean isOurs(HandlerMethod handler) {
    return handler.getBeanType().getPackageName().startsWith("dev.serai");
  }

  @Test
  void everyOperationIsDescribed() {
    for (Served one : served()) {
      JsonNode operation = description.operation(one.method, one.path);
      assertThat(operation.path("summary").asText()).as("the summary of %s", one).isNotBlank();
      assertThat(operation.path("x-role").asText()).as("the role of %s", one).isNotBlank();
      for (String status : List.of("401", "403", "429", "503", "default")) {
        assertThat(operation.at("/responses/" + status + "/content/application~1problem+json"))
            .as("%s of %s", status, one)
            .isNotEmpty();
      }
      List<String> described = new ArrayList<>();
      for (JsonNode parameter : operation.path("parameters")) {
        described.add(parameter.path("name").asText());
        assertThat(parameter.path("description").asText())
            .as("parameter %s of %s", parameter.path("name").asText(), one)
            .isNotBlank();
        assertThat(parameter.path("schema").path("type").asText())
            .as("parameter %s of %s", parameter.path("name").asText(), one)
            .isNotEqualTo("object");
      }
      assertThat(described).as("the parameters of %s", one).containsAll(parameters(one));
    }
  }

  private static List<String> parameters(Served one) {
    List<String> names = new ArrayList<>();
    Matcher variable = VARIABLE.matcher(one.path);
    while (variable.find()) {
      names.add(variable.group(1));
    }
    for (var parameter : one.handler.getMethodParameters()) {
      if (parameter.hasParameterAnnotation(RequestParam.class)
          && !Map.class.isAssignableFrom(parameter.getParameterType())) {
        names.add(parameter.getParameter().getName());
      }
    }
    return names;
  }

  @Test
  void nothingElseIsDescribedButTheDoor() {
    List<String> described = new ArrayList<>();
    description
        .json()
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(method -> described.add(method + " " + path.getKey())));
    assertThat(described)
        .hasSize(served().size() + 1)
        .contains("post /webhooks/{source}", "post /api/v1/events");
    assertThat(description.json().at("/components/securitySchemes/key/scheme").asText())
        .isEqualTo("bearer");
  }

  @Test
  void everyMemberIsExplained() {
    for (Map.Entry<String, JsonNode> schema :
        description.json().at("/components/schemas").properties()) {
      for (Map.Entry<String, JsonNode> member : schema.getValue().path("properties").properties()) {
        assertThat(member.getValue().path("description").asText())
            .as("%s.%s", schema.getKey(), member.getKey())
            .isNotBlank();
      }
    }
  }

  /** Those that nobody has thought of here are asked for something that isn't there. */
  @Test
  void everyReadingOperationAnswersAsDescribed() throws Exception {
    try (TestHandler failing = failing()) {
      UUID event = failing.send();
      failing.awaitState(event, "dead");
      refuseOne();
      Map<String, String> known =
          Map.of("id", event.toString(), "event", event.toString(), "source", "stripe");
      for (Served one : served()) {
        if (one.method.equals("GET")) {
          description.check("GET", one.path, api.get(filled(one.path, known)));
          if (one.path.contains("{")) {
            description.check("GET", one.path, api.get(filled(one.path, Map.of())));
          }
        }
      }
    }
  }

  private static String filled(String path, Map<String, String> values) {
    return VARIABLE
        .matcher(path)
        .replaceAll(
            variable ->
                values.getOrDefault(variable.group(1), "01900000-0000-7000-8000-000000000000"));
  }

  private void refuseOne() throws Exception {
    api.post("/webhooks/stripe", "{}");
    await()
        .untilAsserted(
            () -> assertThat(api.get("/api/v1/refusals").json().path("refusals")).isNotEmpty());
  }

  @Test
  void changesAreAnsweredAsDescribed() throws Exception {
    try (TestHandler failing = failing()) {
      UUID event = failing.send();
      failing.awaitState(event, "dead");
      Map<String, String> known =
          Map.of(
              "id", event.toString(),
              "event", event.toString(),
              "subscription", failing.id(),
              "name", failing.id(),
              "source", "stripe",
              "type", "invoice.paid");

      change(
          "/api/v1/events",
          "{\"type\":\"%s\",\"data\":{\"a\":1}}".formatted(failing.type()),
          known);
      change("/api/v1/events", "{}", known);
      change("/api/v1/events", "", known);
      change("/api/v1/events/{id}/replay", "", known);
      change("/api/v1/events/{id}/replay", "", Map.of());
      failing.awaitState(event, "dead");
      change("/api/v1/dead-letters/{event}/{subscription}/retry", "", known);
      change("/api/v1/dead-letters/{event}/{subscription}/retry", "", Map.of());
      change("/api/v1/subscriptions/{name}/pause", "", known);
      change("/api/v1/subscriptions/{name}/resume", "", known);
      change("/api/v1/subscriptions/{name}/resume", "", Map.of());
      change("/api/v1/trigger/{source}/{type}", "", known);
      change("/api/v1/verify", "{\"source\":\"stripe\",\"body\":\"{}\"}", known);
      change("/webhooks/{source}", "{}", known);
      change("/webhooks/{source}", "{}", Map.of());
    }
  }

  private TestHandler failing() throws Exception {
    return TestHandler.of(hub)
        .with("retries", 0)
        .handle(
            exchange -> {
              throw new IllegalStateException("it failed");
            });
  }

  private void change(String path, String body, Map<String, String> known) throws Exception {
    description.check("POST", path, api.post(filled(path, known), body));
  }
}
