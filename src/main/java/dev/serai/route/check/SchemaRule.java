package dev.serai.route.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.InputStream;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.springframework.util.function.SingletonSupplier;

/** Camel's own schema of its YAML, by which Kaoto reads and writes files. */
final class SchemaRule implements Rule {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** It takes a second to read, so it is read when it is needed. */
  private static final Supplier<JsonSchema> SCHEMA = SingletonSupplier.of(SchemaRule::schema);

  private static JsonSchema schema() {
    InputStream schema =
        Objects.requireNonNull(
            SchemaRule.class.getResourceAsStream("/schema/camelYamlDsl.json"),
            "schema/camelYamlDsl.json of camel-yaml-dsl");
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4).getSchema(schema);
  }

  @Override
  public void check(RouteDocument document, Project project, Consumer<Finding> findings) {
    if (document.isKamelet()) {
      return;
    }
    List<ValidationMessage> messages =
        List.copyOf(SCHEMA.get().validate(json(document.root())));
    // Of alternatives all fail; the one that got furthest is the one that was meant.
    int deepest =
        messages.stream().mapToInt(message -> depth(message)).max().orElse(0);
    TreeSet<Finding> found = new TreeSet<>();
    for (ValidationMessage message : messages) {
      if (depth(message) == deepest || !isAlternative(message)) {
        found.add(document.error(line(document, message), text(message)));
      }
    }
    found.forEach(findings);
  }

  private static int depth(ValidationMessage message) {
    return message.getInstanceLocation().getNameCount();
  }

  private static boolean isAlternative(ValidationMessage message) {
    String path = message.getEvaluationPath().toString();
    return path.contains("oneOf") || path.contains("anyOf") || path.contains("not");
  }

  private static int line(RouteDocument document, ValidationMessage message) {
    Yaml at = document.root();
    JsonNodePath path = message.getInstanceLocation();
    for (int i = 0; i < path.getNameCount(); i++) {
      Object element = path.getElement(i);
      List<Yaml> items = at.items();
      Yaml next =
          element instanceof Integer index && index < items.size()
              ? items.get(index)
              : at.get(String.valueOf(element));
      if (next == null) {
        break;
      }
      at = next;
    }
    Yaml property = message.getProperty() == null ? null : at.get(message.getProperty());
    return (property == null ? at : property).line();
  }

  private static String text(ValidationMessage message) {
    String place = message.getInstanceLocation().toString().replaceAll("^\\$\\[\\d+]\\.?", "");
    String what =
        switch (message.getType()) {
          case "additionalProperties" ->
              "has no member '%s'".formatted(message.getProperty());
          case "required" -> "needs the member '%s'".formatted(message.getProperty());
          default -> message.getMessage().replaceFirst("^[^:]*: ", "");
        };
    return "Camel's schema: %s %s".formatted(place.isEmpty() ? "the entry" : place, what);
  }

  static JsonNode json(Yaml yaml) {
    if (yaml.isMapping()) {
      ObjectNode object = JSON.objectNode();
      yaml.members().forEach((key, value) -> object.set(key, json(value)));
      return object;
    }
    if (yaml.isSequence()) {
      return JSON.arrayNode().addAll(yaml.items().stream().map(SchemaRule::json).toList());
    }
    Tag tag = yaml.node() instanceof ScalarNode scalar ? scalar.getTag() : Tag.NULL;
    String text = yaml.text();
    if (tag.equals(Tag.NULL)) {
      return JSON.nullNode();
    }
    if (tag.equals(Tag.BOOL)) {
      return JSON.booleanNode(Boolean.parseBoolean(text));
    }
    if (tag.equals(Tag.INT) && text.matches("-?\\d{1,18}")) {
      return JSON.numberNode(Long.parseLong(text));
    }
    return tag.equals(Tag.FLOAT) ? JSON.numberNode(Double.parseDouble(text)) : JSON.textNode(text);
  }
}
