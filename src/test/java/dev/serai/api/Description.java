package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import dev.serai.Api;
import dev.serai.TestHub;
import java.util.Locale;

/** The OpenAPI description that a hub serves. */
final class Description {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final SchemaValidatorsConfig STRICT =
      SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

  private final JsonNode api;

  private Description(JsonNode api) {
    this.api = api;
  }

  static Description of(TestHub hub) throws Exception {
    Api.Answer answer = Api.of(hub).get("/api/v1/openapi.json");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    JsonNode api = answer.json();
    // An answer may have no member that is not described.
    for (JsonNode schema : api.at("/components/schemas")) {
      if (schema.has("properties")) {
        ((ObjectNode) schema).put("additionalProperties", false);
      }
    }
    return new Description(api);
  }

  JsonNode json() {
    return api;
  }

  /** An operation; missing, if it isn't described. */
  JsonNode operation(String method, String path) {
    return api.path("paths").path(path).path(method.toLowerCase(Locale.ROOT));
  }

  /** The answer has a described status, and the form that is described for it. */
  void check(String method, String path, Api.Answer answer) {
    JsonNode responses = operation(method, path).path("responses");
    JsonNode response = responses.path(Integer.toString(answer.status()));
    assertThat(response.isObject())
        .as("%s %s describes status %s: %s", method, path, answer.status(), answer.text())
        .isTrue();
    String type = answer.header("Content-Type").replaceFirst(";.*", "");
    JsonNode content = response.path("content");
    JsonNode schema = content.path(content.has(type) ? type : "*/*").path("schema");
    assertThat(schema.isObject()).as("%s %s describes %s", method, path, type).isTrue();
    if (type.contains("json") && content.has(type)) {
      ObjectNode whole = ((ObjectNode) schema).deepCopy();
      whole.set("components", api.path("components"));
      assertThat(
              JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                  .getSchema(whole, STRICT)
                  .validate(answer.json()))
          .as(
              "%s %s answered %s %s",
              method, path, answer.status(), JSON.valueToTree(answer.json()))
          .isEmpty();
    }
  }
}
