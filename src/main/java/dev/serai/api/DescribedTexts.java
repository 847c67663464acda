package dev.serai.api;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.media.StringSchema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.tags.Tag;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springdoc.core.customizers.GlobalOperationCustomizer;
import org.springframework.web.method.HandlerMethod;

/** Names operations after their controllers, and makes Markdown of what is Javadoc. */
final class DescribedTexts implements GlobalOperationCustomizer, GlobalOpenApiCustomizer {

  private static final String CONTROLLER = "-controller";

  @Override
  public Operation customize(Operation operation, HandlerMethod handler) {
    String controller = handler.getBeanType().getSimpleName().replaceFirst("Controller.*", "");
    return operation
        .tags(operation.getTags().stream().map(DescribedTexts::tag).toList())
        .operationId(
            controller.substring(0, 1).toLowerCase(Locale.ROOT)
                + controller.substring(1)
                + "."
                + handler.getMethod().getName());
  }

  private static String tag(String name) {
    return name.endsWith(CONTROLLER)
        ? name.substring(0, name.length() - CONTROLLER.length())
        : name;
  }

  @Override
  public void customise(OpenAPI api) {
    List<Tag> tags = Objects.requireNonNullElse(api.getTags(), List.of());
    api.setTags(
        tags.stream()
            .map(tag -> tag.name(tag(tag.getName())))
            .sorted(Comparator.comparing(Tag::getName))
            .toList());
    api.getPaths().values().stream()
        .flatMap(DescribedTexts::operations)
        .forEach(DescribedTexts::rewrite);
  }

  private static Stream<Operation> operations(PathItem item) {
    return item.readOperations().stream();
  }

  private static void rewrite(Operation operation) {
    operation.setSummary(markdown(operation.getSummary()));
    operation.setDescription(markdown(operation.getDescription()));
    if (operation.getParameters() != null) {
      for (Parameter parameter : operation.getParameters()) {
        parameter.setDescription(markdown(parameter.getDescription()));
        if (parameter.getSchema() == null) {
          parameter.setSchema(new StringSchema());
        }
      }
    }
  }

  static @Nullable String markdown(@Nullable String text) {
    return text == null ? null : text.replaceAll("</?code>", "`").replaceAll("\\s+", " ");
  }
}
