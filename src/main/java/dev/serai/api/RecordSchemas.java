package dev.serai.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.type.TypeFactory;
import com.github.therapi.runtimejavadoc.ClassJavadoc;
import com.github.therapi.runtimejavadoc.CommentFormatter;
import com.github.therapi.runtimejavadoc.ParamJavadoc;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.oas.models.media.JsonSchema;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.reflect.RecordComponent;
import java.util.Iterator;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Says of the members of a record what the code says: which are always there (those that aren't
 * {@code @Nullable}; null is never written), and what they mean (the Javadoc).
 */
final class RecordSchemas implements ModelConverter {

  private static final SnakeCaseStrategy NAMES = new SnakeCaseStrategy();
  private static final CommentFormatter TEXT = new CommentFormatter();

  @Override
  @SuppressWarnings({"rawtypes", "NullAway"}) // Swagger's types are raw, and null is its "none".
  public Schema resolve(
      AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
    Class<?> raw = TypeFactory.defaultInstance().constructType(type.getType()).getRawClass();
    if (JsonNode.class.isAssignableFrom(raw)) {
      return new JsonSchema();
    }
    Schema schema = chain.hasNext() ? chain.next().resolve(type, context, chain) : null;
    if (raw.isRecord() && schema != null) {
      describe(raw, model(schema, context));
    }
    return schema;
  }

  private static @Nullable Schema<?> model(Schema<?> schema, ModelConverterContext context) {
    String reference = schema.get$ref();
    return reference == null
        ? schema
        : context.getDefinedModels().get(reference.substring(reference.lastIndexOf('/') + 1));
  }

  private static void describe(Class<?> type, @Nullable Schema<?> model) {
    if (model == null || model.getProperties() == null) {
      return;
    }
    ClassJavadoc javadoc = RuntimeJavadoc.getJavadoc(type);
    Map<String, String> meanings =
        javadoc.getRecordComponents().stream()
            .collect(
                Collectors.toMap(
                    ParamJavadoc::getName,
                    component ->
                        String.valueOf(
                            DescribedTexts.markdown(TEXT.format(component.getComment())))));
    model.setDescription(DescribedTexts.markdown(TEXT.format(javadoc.getComment())));
    for (RecordComponent component : type.getRecordComponents()) {
      String name = NAMES.translate(component.getName());
      Schema<?> property = model.getProperties().get(name);
      if (property == null) {
        continue;
      }
      String meaning = meanings.getOrDefault(component.getName(), "");
      if (!meaning.isEmpty()) {
        property.setDescription(meaning);
      }
      boolean optional = component.getAnnotatedType().isAnnotationPresent(Nullable.class);
      if (!optional && (model.getRequired() == null || !model.getRequired().contains(name))) {
        model.addRequiredItem(name);
      }
    }
  }
}
