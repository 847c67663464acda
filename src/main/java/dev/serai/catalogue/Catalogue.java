package dev.serai.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.serai.catalogue.SchemaCompiler.BrokenSchemaException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The types of events that have a schema. A file that is none takes nothing away: what was last
 * right in its place goes on to count.
 */
public final class Catalogue {

  /** The member of the data that names the version; without it the oldest counts. */
  public static final String VERSION = "schema_version";

  private static final Logger log = LoggerFactory.getLogger(Catalogue.class);
  private static final int MOST_VIOLATIONS = 20;

  private volatile State state = new State(Map.of(), Map.of(), List.of());

  /** Reads the folder {@code schemas} of a routes directory. */
  public static Catalogue of(Path routes) {
    Catalogue catalogue = new Catalogue();
    catalogue.update(new SchemaFolder(routes).read());
    return catalogue;
  }

  /**
   * Makes what counts what these files say.
   *
   * @param texts by path
   */
  synchronized void update(Map<String, String> texts) {
    if (texts.equals(state.texts)) {
      return;
    }
    SchemaCompiler compiler = new SchemaCompiler(texts);
    Map<String, NavigableMap<Integer, EventSchema>> types = new TreeMap<>();
    List<SchemaProblem> problems = new ArrayList<>();
    Map<String, EventSchema> byFile = new TreeMap<>();
    for (String file : texts.keySet().stream().filter(SchemaCompiler::isType).toList()) {
      EventSchema schema;
      try {
        schema = compiler.compile(file);
      } catch (BrokenSchemaException e) {
        problems.add(e.at(file));
        schema = state.byFile.get(file);
      }
      if (schema != null) {
        byFile.put(file, schema);
        types.computeIfAbsent(schema.type(), type -> new TreeMap<>()).put(schema.version(), schema);
      }
    }
    problems.stream()
        .filter(problem -> !state.problems.contains(problem))
        .forEach(problem -> log.error("A schema does not count: {}", problem));
    state = new State(texts, byFile, List.copyOf(problems), types);
  }

  /** The types, each with its versions. */
  public Map<String, NavigableMap<Integer, EventSchema>> types() {
    return state.types;
  }

  /** Why files are not what counts. */
  public List<SchemaProblem> problems() {
    return state.problems;
  }

  /** The versions of a type; null if it has no schema. */
  @Nullable NavigableMap<Integer, EventSchema> versions(String type) {
    return state.types.get(type);
  }

  /** The version of a type that data names; empty if it names one that is not there. */
  static Optional<EventSchema> version(NavigableMap<Integer, EventSchema> versions, JsonNode data) {
    JsonNode named = data.path(VERSION);
    if (named.isMissingNode() || named.isNull()) {
      return Optional.of(versions.firstEntry().getValue());
    }
    return named.isInt() ? Optional.ofNullable(versions.get(named.intValue())) : Optional.empty();
  }

  /**
   * What is wrong with data that a type is said to have.
   *
   * @param type a type with a schema
   * @return the version that counts, and what breaks it; empty if the type has no schema
   */
  public Optional<Verdict> judge(String type, JsonNode data) {
    NavigableMap<Integer, EventSchema> versions = versions(type);
    if (versions == null) {
      return Optional.empty();
    }
    return Optional.of(
        version(versions, data)
            .map(schema -> new Verdict(schema.version(), schema.violations(data, MOST_VIOLATIONS)))
            .orElseGet(
                () ->
                    new Verdict(
                        0, List.of(Violation.ofVersion(data.path(VERSION), versions.keySet())))));
  }

  /**
   * What a schema says to data.
   *
   * @param version the one that counts; 0 if the data names one that is not there
   * @param violations what breaks it, 20 at most; none if it fits
   */
  public record Verdict(int version, List<Violation> violations) {}

  private record State(
      Map<String, String> texts,
      Map<String, EventSchema> byFile,
      List<SchemaProblem> problems,
      Map<String, NavigableMap<Integer, EventSchema>> types) {

    State(
        Map<String, String> texts, Map<String, EventSchema> byFile, List<SchemaProblem> problems) {
      this(texts, byFile, problems, Map.of());
    }
  }
}
