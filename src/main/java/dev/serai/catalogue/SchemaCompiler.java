package dev.serai.catalogue;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.DisallowUnknownKeywordFactory;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.resource.InputStreamSource;
import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.util.function.SingletonSupplier;

/** Makes schemas of files, and says of each that is none why. Nothing is fetched from anywhere. */
final class SchemaCompiler {

  /** Files of this name are types; others may be referred to. */
  private static final String ENDING = ".schema.json";

  private static final Pattern PATH =
      Pattern.compile(
          SchemaFolder.NAME
              + "(?<type>[^.*,/\\s]+(\\.[^.*,/\\s]+)*)/(?<version>[1-9]\\d{0,3})\\.schema\\.json");

  private static final String BASE = "serai:///";

  /** The schema of schemas, which the library has with it. */
  private static final String DRAFTS = "classpath:draft/";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final SchemaValidatorsConfig CONFIG =
      SchemaValidatorsConfig.builder()
          .formatAssertionsEnabled(true)
          .locale(Locale.ROOT)
          .pathType(PathType.JSON_POINTER)
          .build();

  private static final Supplier<JsonSchema> META =
      SingletonSupplier.of(
          () -> factory(Map.of()).getSchema(SchemaLocation.of(SchemaId.V202012), CONFIG));

  private final Map<String, String> texts;
  private final JsonSchemaFactory factory;

  /**
   * @param texts all files of the folder, by path
   */
  SchemaCompiler(Map<String, String> texts) {
    this.texts = texts;
    this.factory = factory(texts);
  }

  private static JsonSchemaFactory factory(Map<String, String> texts) {
    JsonMetaSchema meta =
        JsonMetaSchema.builder(JsonMetaSchema.getV202012())
            .unknownKeywordFactory(DisallowUnknownKeywordFactory.getInstance())
            .build();
    return JsonSchemaFactory.builder()
        .defaultMetaSchemaIri(meta.getIri())
        .metaSchema(meta)
        .schemaLoaders(loaders -> loaders.add(iri -> source(iri.toString(), texts)))
        .build();
  }

  /** What the library gets no source for it would go and fetch. */
  private static @Nullable InputStreamSource source(String iri, Map<String, String> texts) {
    String text = iri.startsWith(BASE) ? texts.get(iri.substring(BASE.length())) : null;
    if (text != null) {
      return () -> new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
    if (iri.startsWith(DRAFTS)) {
      return null;
    }
    return () -> {
      throw new FileNotFoundException(
          "It refers to '%s', which is no file of routes/schemas".formatted(iri.replace(BASE, "")));
    };
  }

  static boolean isType(String file) {
    return file.endsWith(ENDING);
  }

  /**
   * Makes the schema of a file.
   *
   * @throws BrokenSchemaException saying what is wrong
   */
  EventSchema compile(String file) throws BrokenSchemaException {
    Matcher path = PATH.matcher(file);
    if (!path.matches()) {
      throw new BrokenSchemaException(
          1,
          "A schema's path is %s<type>/<version>%s, such as schemas/foundation.updated/1%s"
              .formatted(SchemaFolder.NAME, ENDING, ENDING));
    }
    JsonNode text = parse(Objects.requireNonNull(texts.get(file)));
    requireTexts(text);
    try {
      requireMeta(text);
      JsonSchema compiled = factory.getSchema(SchemaLocation.of(BASE + file), text, CONFIG);
      compiled.initializeValidators();
      EventSchema schema =
          new EventSchema(
              path.group("type"), Integer.parseInt(path.group("version")), text, compiled);
      requireExamples(schema);
      return schema;
    } catch (RuntimeException e) {
      throw new BrokenSchemaException(
          1, String.valueOf(NestedExceptionUtils.getMostSpecificCause(e).getMessage()));
    }
  }

  private static JsonNode parse(String text) throws BrokenSchemaException {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : Math.max(1, e.getLocation().getLineNr());
      throw new BrokenSchemaException(line, "It is no JSON: " + e.getOriginalMessage());
    }
  }

  private static void requireTexts(JsonNode text) throws BrokenSchemaException {
    require(text.isObject(), "It must be an object");
    for (String member : new String[] {"title", "description"}) {
      require(!text.path(member).asText().isBlank(), "It has no '%s'".formatted(member));
    }
    require(
        text.path("examples").isArray() && !text.path("examples").isEmpty(),
        "It has no 'examples'; give one at least");
    String draft = text.path("$schema").asText(SchemaId.V202012);
    require(
        draft.equals(SchemaId.V202012),
        "'$schema' is '%s'; it must be %s, or missing".formatted(draft, SchemaId.V202012));
    require(!text.has("$id"), "It has an '$id'; its path is what it is known by");
  }

  private static void requireMeta(JsonNode text) throws BrokenSchemaException {
    var messages = META.get().validate(text);
    if (!messages.isEmpty()) {
      throw new BrokenSchemaException(
          1, "It is no JSON Schema: " + Violation.of(messages.iterator().next()).sentence());
    }
  }

  private static void requireExamples(EventSchema schema) throws BrokenSchemaException {
    for (int i = 0; i < schema.examples().size(); i++) {
      for (Violation violation : schema.violations(schema.examples().get(i), 1)) {
        throw new BrokenSchemaException(
            1, "Its example %s does not fit: %s".formatted(i + 1, violation.sentence()));
      }
    }
  }

  private static void require(boolean condition, String problem) throws BrokenSchemaException {
    if (!condition) {
      throw new BrokenSchemaException(1, problem);
    }
  }

  /** A file is no schema of a type. */
  static final class BrokenSchemaException extends Exception {

    private final int line;

    BrokenSchemaException(int line, String message) {
      super(message);
      this.line = line;
    }

    SchemaProblem at(String file) {
      return new SchemaProblem(file, line, String.valueOf(getMessage()));
    }
  }
}
