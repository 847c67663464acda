package dev.serai;

import java.lang.reflect.Field;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;

/** The page of a component, of its annotations. */
final class ComponentPage {

  private ComponentPage() {}

  static String of(
      Class<?> endpoint, String generated, String purpose, Map<String, Class<?>> optionsByTitle) {
    UriEndpoint annotation = endpoint.getAnnotation(UriEndpoint.class);
    StringBuilder page =
        new StringBuilder(
            "# %s\n\n%s%s\n\nURI: `%s`. Since %s.\n"
                .formatted(
                    annotation.scheme(),
                    generated,
                    purpose,
                    annotation.syntax(),
                    annotation.firstVersion()));
    optionsByTitle.forEach(
        (title, options) -> {
          page.append("\n## ").append(title).append("\n\n");
          page.append("| Option | Type | Default | Meaning |\n|---|---|---|---|\n");
          for (Field field : ComponentDescription.fields(options)) {
            UriParam option = field.getAnnotation(UriParam.class);
            UriPath path = field.getAnnotation(UriPath.class);
            if (option != null) {
              page.append(row(field, option));
            } else if (path != null) {
              page.append(
                  "| `%s` | %s |  | %s In the URI. Required. |\n"
                      .formatted(
                          field.getName(), type(field.getType().getName()), path.description()));
            }
          }
        });
    return page.toString();
  }

  private static String row(Field field, UriParam option) {
    String name =
        !option.prefix().isEmpty()
            ? option.prefix() + "*"
            : option.name().isEmpty() ? field.getName() : option.name();
    String kind = option.javaType().isEmpty() ? field.getType().getName() : option.javaType();
    String values = option.enums().isEmpty() ? "" : " One of `" + option.enums() + "`.";
    boolean required = ComponentDescription.isRequired(field);
    return "| `%s` | %s | %s | %s%s%s |\n"
        .formatted(
            name,
            type(kind),
            code(option.defaultValue()),
            option.description(),
            values,
            required ? " Required." : "");
  }

  static String headers(Class<?> constants) {
    StringBuilder page = new StringBuilder("\n## Headers\n\n");
    page.append("| Header | Type | Meaning |\n|---|---|---|\n");
    for (Field field : constants.getDeclaredFields()) {
      Metadata header = field.getAnnotation(Metadata.class);
      if (header != null) {
        try {
          page.append(
              "| `%s` | %s | %s |\n"
                  .formatted(field.get(null), type(header.javaType()), header.description()));
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }
    return page.toString();
  }

  static String type(String name) {
    String simple = name.substring(name.lastIndexOf('.') + 1).replace(">", "");
    return switch (simple) {
      case "String", "Path", "RateScope", "URI" -> "text";
      case "Integer", "int", "Long", "long" -> "number";
      case "Boolean", "boolean" -> "true, false";
      case "Duration" -> name.startsWith("java.util.Map") ? "durations by name" : "duration";
      case "DataSize" -> "size";
      default -> simple.substring(simple.lastIndexOf('$') + 1).toLowerCase(Locale.ROOT);
    };
  }

  static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
