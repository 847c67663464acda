package dev.serai.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Do the Kamelets of all clouds look the same to a route? */
class KameletFoldersTest {

  private static final Path FOLDER = Path.of("routes", "kamelets");
  private static final YAMLMapper YAML = new YAMLMapper();

  private static Set<String> names(String cloud) throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.resolve(cloud))) {
      return new TreeSet<>(
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".kamelet.yaml"))
              .toList());
    }
  }

  private static Set<String> both() throws IOException {
    Set<String> both = names("local");
    both.retainAll(names("gcp"));
    return both;
  }

  private static JsonNode read(String cloud, String name) throws IOException {
    return YAML.readTree(FOLDER.resolve(cloud).resolve(name).toFile());
  }

  /** What a route sees: not the words for people, which may tell how a cloud differs. */
  private static JsonNode seen(JsonNode kamelet) {
    ObjectNode seen = YAML.createObjectNode();
    seen.set("name", kamelet.at("/metadata/name"));
    seen.set("type", kamelet.at("/metadata/labels/camel.apache.org~1kamelet.type"));
    seen.set("required", kamelet.at("/spec/definition/required"));
    ObjectNode parameters = seen.putObject("parameters");
    kamelet
        .at("/spec/definition/properties")
        .properties()
        .forEach(
            parameter -> {
              ObjectNode one = parameters.putObject(parameter.getKey());
              for (String field : List.of("type", "default", "enum", "minimum", "maximum")) {
                if (parameter.getValue().has(field)) {
                  one.set(field, parameter.getValue().get(field));
                }
              }
            });
    return seen;
  }

  @ParameterizedTest
  @MethodSource("both")
  void theyHaveTheSameParametersAndDefaults(String name) throws IOException {
    assertThat(seen(read("gcp", name))).isEqualTo(seen(read("local", name)));
  }

  @Test
  void thoseOfStorageAndSecretsAreInBoth() throws IOException {
    assertThat(both())
        .contains(
            "object-put.kamelet.yaml",
            "object-get.kamelet.yaml",
            "object-list.kamelet.yaml",
            "object-delete.kamelet.yaml",
            "object-sign.kamelet.yaml",
            "secret-get.kamelet.yaml");
  }
}
