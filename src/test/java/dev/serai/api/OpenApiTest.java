package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.TestHub;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestParam;

/** Does the served description have all of the API? */
class OpenApiTest {

  private static final Pattern VARIABLE = Pattern.compile("\\{([^}]+)}");

  private final TestHub hub = TestHub.shared();
  private Description description;

  @BeforeEach
  void ask() throws Exception {
    description = Description.of(hub);
  }

  @Test
  void everyOperationIsDescribed() {
    SoftAssertions all = new SoftAssertions();
    for (Served one : Served.by(hub)) {
      JsonNode operation = description.operation(one.method(), one.path());
      all.assertThat(operation.path("summary").asText()).as("the summary of %s", one).isNotBlank();
      all.assertThat(operation.path("x-role").asText()).as("the role of %s", one).isNotBlank();
      for (String status : List.of("401", "403", "429", "503", "default")) {
        all.assertThat(operation.at("/responses/" + status + "/content/application~1problem+json"))
            .as("%s of %s", status, one)
            .isNotEmpty();
      }
      List<String> described = new ArrayList<>();
      for (JsonNode parameter : operation.path("parameters")) {
        described.add(parameter.path("name").asText());
        all.assertThat(parameter.path("description").asText())
            .as("parameter %s of %s", parameter.path("name").asText(), one)
            .isNotBlank();
        all.assertThat(parameter.path("schema").path("type").asText())
            .as("parameter %s of %s", parameter.path("name").asText(), one)
            .isNotEqualTo("object");
      }
      all.assertThat(described).as("the parameters of %s", one).containsAll(parameters(one));
    }
    all.assertAll();
  }

  private static List<String> parameters(Served one) {
    List<String> names = new ArrayList<>();
    Matcher variable = VARIABLE.matcher(one.path());
    while (variable.find()) {
      names.add(variable.group(1));
    }
    for (var parameter : one.handler().getMethodParameters()) {
      RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
      if (annotation != null && !Map.class.isAssignableFrom(parameter.getParameterType())) {
        String name = annotation.name();
        names.add(name.isEmpty() ? parameter.getParameter().getName() : name);
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
        .hasSize(Served.by(hub).size() + 1)
        .contains("post /webhooks/{source}", "post /api/v1/events");
    assertThat(description.json().at("/components/securitySchemes/key/scheme").asText())
        .isEqualTo("bearer");
  }

  @Test
  void everyMemberIsExplained() {
    SoftAssertions all = new SoftAssertions();
    for (Map.Entry<String, JsonNode> schema :
        description.json().at("/components/schemas").properties()) {
      for (Map.Entry<String, JsonNode> member : schema.getValue().path("properties").properties()) {
        all.assertThat(member.getValue().path("description").asText())
            .as("%s.%s", schema.getKey(), member.getKey())
            .isNotBlank();
      }
    }
    all.assertAll();
  }
}
