package dev.serai.route.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.NonValidationKeyword;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
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
    JsonMetaSchema meta =
        JsonMetaSchema.builder(JsonMetaSchema.getV4())
            .keyword(new NonValidationKeyword("deprecated"))
            .build();
    return JsonSchemaFactory.builder(JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4))
        .metaSchema(meta)
        .build()
        .getSchema(schema);
  }

  @Override
  public void check(RouteDocument document, Project project, Consumer<Finding> findings) {
    if (document.isKamelet()) {
      return;
    }
    List<ValidationMessage> messages = List.copyOf(SCHEMA.get().validate(json(document.root())));
    TreeSet<Finding> found = new TreeSet<>();
    messages.stream()
        .filter(message -> messages.stream().noneMatch(other -> tellsMore(other, message)))
        .forEach(message -> found.add(finding(document, message, messages)));
    found.forEach(findings);
  }

  private static Finding finding(
      RouteDocument document, ValidationMessage message, List<ValidationMessage> messages) {
    if (!isChoice(message)) {
      return document.error(at(document, message).line(), text(message));
    }
    Set<String> needed = new TreeSet<>();
    messages.stream()
        .filter(other -> other.getInstanceLocation().equals(message.getInstanceLocation()))
        .filter(SchemaRule::isChoice)
        .forEach(other -> needed.add(other.getProperty()));
    Yaml at = at(document, message);
    for (Map.Entry<String, Yaml> member : at.members().entrySet()) {
      String hint = Similar.hint(member.getKey(), needed);
      if (!hint.isEmpty()) {
        return document.error(
            member.getValue().line(),
            "Camel's schema: %s has no member '%s'%s"
                .formatted(place(message), member.getKey(), hint));
      }
    }
    return document.error(
        at.line(), "Camel's schema: %s needs one of %s".formatted(place(message), needed));
  }

  /** One of several members is needed: each of them is said to be missing. */
  private static boolean isChoice(ValidationMessage message) {
    String path = message.getSchemaLocation().toString();
    return message.getType().equals("required") && path.matches(".*(oneOf|anyOf).*");
  }

  /** Of alternatives all fail; the one that got furthest is the one that was meant. */
  private static boolean tellsMore(ValidationMessage other, ValidationMessage message) {
    String place = message.getInstanceLocation().toString();
    String otherPlace = other.getInstanceLocation().toString();
    if (otherPlace.equals(place)) {
      return rank(other) > rank(message);
    }
    return otherPlace.startsWith(place) && (rank(message) < 2 || isChoice(message));
  }

  private static int rank(ValidationMessage message) {
    return switch (message.getType()) {
      case "oneOf", "anyOf", "not" -> 0;
      case "type" -> 1;
      default -> 2;
    };
  }

  private static Yaml at(RouteDocument document, ValidationMessage message) {
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
    return property == null ? at : property;
  }

  private static String text(ValidationMessage message) {
    String what =
        switch (message.getType()) {
          case "additionalProperties" ->
              "has no member '%s'%s"
                  .formatted(
                      message.getProperty(), Similar.hint(message.getProperty(), known(message)));
          case "required" -> "needs the member '%s'".formatted(message.getProperty());
          default -> message.getMessage().replaceFirst("^[^:]*: ", "");
        };
    return "Camel's schema: %s %s".formatted(place(message), what);
  }

  private static String place(ValidationMessage message) {
    String place = message.getInstanceLocation().toString().replaceAll("^\\$\\[\\d+]\\.?", "");
    return place.isEmpty() ? "the entry" : place;
  }

  /** The members that the schema knows where it found an unknown one. */
  private static Set<String> known(ValidationMessage message) {
    JsonNode at = SCHEMA.get().getSchemaNode();
    JsonNodePath path = message.getSchemaLocation().getFragment();
    for (int i = 0; i < path.getNameCount() - 1; i++) {
      at =
          path.getElement(i) instanceof Integer index
              ? at.path(index)
              : at.path(String.valueOf(path.getElement(i)));
    }
    Set<String> names = new TreeSet<>();
    at.path("properties").fieldNames().forEachRemaining(names::add);
    return names;
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
