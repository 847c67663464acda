package dev.serai.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.TestHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Is docs/api.md what the hub serves? {@code mvn test -Dtest=ApiReferenceTest -Dreferences=write}
 * writes it anew.
 */
class ApiReferenceTest {

  private static final Path PAGE = Path.of("docs", "api.md");

  @Test
  void thePageHasEveryOperation() throws Exception {
    JsonNode api = Description.of(TestHub.shared()).json();
    JsonNode schemas = api.at("/components/schemas");
    StringBuilder page = new StringBuilder(TestHub.resource("api-introduction.md"));
    Map<String, StringBuilder> parts = new TreeMap<>();
    api.path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            parts
                                .computeIfAbsent(
                                    operation.getValue().at("/tags/0").asText(),
                                    tag -> new StringBuilder("\n## " + tag + "\n"))
                                .append(
                                    operation(
                                        operation.getKey(), path.getKey(), operation.getValue()))));
    parts.values().forEach(page::append);
    page.append("\n## Schemas\n");
    schemas.properties().forEach(one -> page.append(schema(one.getKey(), one.getValue())));
    if ("write".equals(System.getProperty("references"))) {
      Files.writeString(PAGE, page);
    }
    assertThat(PAGE)
        .as("run: mvn test -Dtest=ApiReferenceTest -Dreferences=write")
        .content()
        .isEqualTo(page.toString());
  }

  private static String operation(String method, String path, JsonNode operation) {
    StringBuilder text =
        new StringBuilder(
            "\n### `%s %s`\n\n%s\n"
                .formatted(
                    method.toUpperCase(Locale.ROOT), path, operation.path("description").asText()));
    if (operation.has("parameters")) {
      text.append("\n| Parameter | In | Default | Meaning |\n|---|---|---|---|\n");
      for (JsonNode one : operation.path("parameters")) {
        text.append(
            "| `%s` | %s | %s | %s |\n"
                .formatted(
                    one.path("name").asText(),
                    one.path("in").asText(),
                    one.at("/schema/default").asText(""),
                    one.path("description").asText()));
      }
    }
    JsonNode body = operation.at("/requestBody/content/application~1json/schema");
    if (!body.isMissingNode()) {
      text.append("\nTakes %s.".formatted(type(body)));
    }
    JsonNode responses = operation.path("responses");
    String good = Stream.of("200", "201", "202").filter(responses::has).findFirst().orElse("200");
    JsonNode content = responses.path(good).path("content");
    JsonNode answer = content.elements().hasNext() ? content.elements().next() : content;
    return text.append(body.isMissingNode() ? "\n" : " ")
        .append("Answers %s.\n".formatted(type(answer.path("schema"))))
        .toString();
  }

  private static String schema(String name, JsonNode schema) {
    StringBuilder text =
        new StringBuilder("\n### %s\n\n%s\n".formatted(name, schema.path("description").asText()));
    text.append("\n| Member | Type | Always there | Meaning |\n|---|---|---|---|\n");
    for (Map.Entry<String, JsonNode> one : schema.path("properties").properties()) {
      boolean required = false;
      for (JsonNode member : schema.path("required")) {
        required |= member.asText().equals(one.getKey());
      }
      text.append(
          "| `%s` | %s | %s | %s |\n"
              .formatted(
                  one.getKey(),
                  type(one.getValue()),
                  required ? "yes" : "",
                  one.getValue().path("description").asText()));
    }
    return text.toString();
  }

  private static String type(JsonNode schema) {
    if (schema.has("$ref")) {
      String name = schema.path("$ref").asText().replaceFirst(".*/", "");
      return "[%s](#%s)".formatted(name, name.toLowerCase(Locale.ROOT));
    }
    if (schema.path("type").asText().equals("array")) {
      return "list of " + type(schema.path("items"));
    }
    return switch (schema.path("format").asText()) {
      case "date-time" -> "time";
      case "uuid" -> "id";
      case "binary" -> "bytes";
      default ->
          switch (schema.path("type").asText()) {
            case "integer", "number" -> "number";
            case "boolean" -> "true, false";
            case "object" -> "object";
            case "string" -> "text";
            default -> "any JSON";
          };
    };
  }
}
