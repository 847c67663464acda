package dev.serai;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;

/** A component's description in the form that Camel's own components have, of its annotations. */
final class ComponentDescription {

  private static final ObjectMapper JSON = new ObjectMapper();

  private ComponentDescription() {}

  static String of(Class<?> endpoint, Class<?>... options) throws IOException {
    UriEndpoint annotation = endpoint.getAnnotation(UriEndpoint.class);
    ObjectNode root = JSON.createObjectNode();
    root.putObject("component")
        .put("kind", "component")
        .put("name", annotation.scheme())
        .put("title", annotation.title())
        .put("scheme", annotation.scheme())
        .put("syntax", annotation.syntax())
        .put("firstVersion", annotation.firstVersion())
        .put("consumerOnly", annotation.consumerOnly())
        .put("producerOnly", annotation.producerOnly())
        .put("lenientProperties", false);
    Map<String, ObjectNode> properties = new LinkedHashMap<>();
    for (Class<?> type : options) {
      for (Field field : fields(type)) {
        UriParam option = field.getAnnotation(UriParam.class);
        UriPath path = field.getAnnotation(UriPath.class);
        if (path != null) {
          properties.put(field.getName(), path(field, path));
        }
        if (option != null) {
          String name = option.name().isEmpty() ? field.getName() : option.name();
          // One name for both sides is an option of both.
          ObjectNode same = properties.get(name);
          String label =
              same == null ? option.label() : same.path("label").asText() + "," + option.label();
          properties.put(name, option(field, option).put("label", label));
        }
      }
    }
    ObjectNode all = root.putObject("properties");
    int index = 0;
    for (Map.Entry<String, ObjectNode> property : properties.entrySet()) {
      all.set(property.getKey(), property.getValue().put("index", index++));
    }
    return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
  }

  /** Of a class and of those it extends, the own ones first. */
  static List<Field> fields(Class<?> type) {
    List<Field> fields = new ArrayList<>();
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      fields.addAll(Arrays.asList(at.getDeclaredFields()));
    }
    return fields;
  }

  static boolean isRequired(Field field) {
    Metadata metadata = field.getAnnotation(Metadata.class);
    return metadata != null && metadata.required();
  }

  private static ObjectNode path(Field field, UriPath path) {
    return JSON.createObjectNode()
        .put("kind", "path")
        .put("displayName", field.getName())
        .put("group", "producer")
        .put("label", "producer")
        .put("required", isRequired(field))
        .put("type", type(field.getType().getName(), field.getType()))
        .put("javaType", field.getType().getName())
        .put("description", path.description());
  }

  private static ObjectNode option(Field field, UriParam option) {
    String kind = option.javaType().isEmpty() ? field.getType().getName() : option.javaType();
    ObjectNode json =
        JSON.createObjectNode()
            .put("kind", "parameter")
            .put("displayName", field.getName())
            .put("group", option.label())
            .put("label", option.label())
            .put("required", isRequired(field))
            .put("type", type(kind, field.getType()))
            .put("javaType", kind)
            .put("description", option.description());
    if (!option.prefix().isEmpty()) {
      json.put("prefix", option.prefix()).put("multiValue", option.multiValue());
    }
    if (!option.defaultValue().isEmpty()) {
      json.put("defaultValue", option.defaultValue());
    }
    if (!option.enums().isEmpty()) {
      json.set("enum", JSON.valueToTree(Arrays.asList(option.enums().split(",", -1))));
    }
    return json;
  }

  private static String type(String kind, Class<?> field) {
    if (field.isEnum()) {
      return "enum";
    }
    return switch (kind.substring(kind.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
      case "int", "integer", "long" -> "integer";
      case "boolean" -> "boolean";
      case "duration" -> "duration";
      default -> "string";
    };
  }
}
