package dev.serai.deploy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** YAML in which nothing is there twice. */
final class StrictYaml {

  private StrictYaml() {}

  static List<Object> documents(Path file) {
    String text = RepositoryFiles.text(file);
    return documents(text == null ? "" : text);
  }

  static List<Object> documents(String text) {
    LoaderOptions strict = new LoaderOptions();
    strict.setAllowDuplicateKeys(false);
    return StreamSupport.stream(
            new Yaml(new SafeConstructor(strict)).loadAll(text).spliterator(), false)
        .toList();
  }

  static Object document(Path file) {
    List<Object> documents = documents(file);
    if (documents.size() != 1) {
      throw new IllegalArgumentException("%s has %s documents".formatted(file, documents.size()));
    }
    return documents.getFirst();
  }

  /** What is there under keys and, as numbers, places of lists; null if nothing is. */
  static @Nullable Object at(@Nullable Object node, Object... path) {
    @Nullable Object here = node;
    for (Object step : path) {
      if (step instanceof Integer place && here instanceof List<?> list) {
        here = place < list.size() ? list.get(place) : null;
      } else {
        here = here instanceof Map<?, ?> map ? map.get(step) : null;
      }
    }
    return here;
  }

  /** The members of a list; none if it is not there. */
  static Stream<Object> each(@Nullable Object node, Object... path) {
    return at(node, path) instanceof List<?> list
        ? list.stream().map(Object.class::cast)
        : Stream.of();
  }

  /** The members of an object by their names; none if it is not there. */
  static Map<?, ?> object(@Nullable Object node, Object... path) {
    return at(node, path) instanceof Map<?, ?> map ? map : Map.of();
  }

  static String text(@Nullable Object node, Object... path) {
    return String.valueOf(at(node, path));
  }
}
