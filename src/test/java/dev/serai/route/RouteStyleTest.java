package dev.serai.route;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/** Are the route files written as docs/routes.md says? */
class RouteStyleTest {

  private static final Path ROUTES = Path.of("routes").toAbsolutePath();
  private static final Set<String> ENTRIES = Set.of("route", "routeConfiguration");

  static Stream<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(ROUTES)) {
      return all
          .filter(file -> file.toString().endsWith(".yaml"))
          .filter(file -> !file.startsWith(ROUTES.resolve("kamelets")))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void aFileIsNamedAfterWhatItDoesAndBeginsWithWhatItIs(Path file) throws IOException {
    assertThat(file.getFileName().toString()).matches("[a-z0-9]+(-[a-z0-9]+)*\\.camel\\.yaml");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.getFirst()).startsWith("# ");
    assertThat(lines.stream().dropWhile(line -> line.startsWith("#")))
        .as("comments only above the first entry, which a visual editor keeps")
        .noneMatch(line -> line.strip().startsWith("#"));
    assertThat(lines).noneMatch(line -> line.contains("\t") || line.endsWith(" "));
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyEntryIsCanonicalWithIdAndDescription(Path file) throws IOException {
    for (Map<String, Object> entry : entries(file)) {
      assertThat(entry.keySet()).hasSize(1).isSubsetOf(ENTRIES);
      Map<String, Object> body = map(entry.values().iterator().next());
      assertThat(body.get("id")).as("id in %s", file).isNotNull();
      assertThat(String.valueOf(body.get("description"))).hasSizeBetween(10, 100);
      if (entry.containsKey("route")) {
        String group = ROUTES.relativize(file).getName(0).toString();
        assertThat(body.get("group")).isEqualTo(group);
        assertThat(body.get("routeConfigurationId")).isNotNull();
        assertThat(String.valueOf(body.get("id")))
            .startsWith(group.substring(0, group.length() - 1) + "-")
            .endsWith(file.getFileName().toString().replace(".camel.yaml", ""));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void everyStepHasAnIdOfItsRouteAndAShortDescription(Path file) throws IOException {
    for (Map<String, Object> route : routes(file)) {
      List<Map<String, Object>> steps = steps(route);
      assertThat(steps).hasSizeGreaterThan(1);
      for (Map<String, Object> step : steps) {
        assertThat(String.valueOf(step.get("id"))).startsWith(route.get("id") + "-");
        assertThat(String.valueOf(step.get("description"))).as("%s", step).hasSizeBetween(5, 65);
        String uri = String.valueOf(step.getOrDefault("uri", "none"));
        assertThat(uri).matches("[a-z-]+|direct:[a-z0-9-]+");
      }
    }
  }

  @Test
  void idsAreUniqueOverAllFiles() throws IOException {
    List<String> ids = new ArrayList<>();
    for (Path file : files().toList()) {
      for (Map<String, Object> route : routes(file)) {
        ids.add(String.valueOf(route.get("id")));
        steps(route).forEach(step -> ids.add(String.valueOf(step.get("id"))));
      }
    }
    assertThat(ids).hasSizeGreaterThan(20).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @MethodSource("files")
  void noSecretAddressOrClockIsWrittenOut(Path file) throws IOException {
    for (String line : Files.readAllLines(file)) {
      assertThat(line)
          .doesNotContainPattern("https?://")
          .doesNotContainPattern("(?i)(sk|whsec|rk)_[a-z0-9]{6}")
          .doesNotContainPattern("(?i)(password|secret|token)\\s*:\\s*[^{\\s]")
          .doesNotContainPattern("cron:\\s*\"?[0-9*]");
    }
  }

  @Test
  void everyWebhookEndsWithAnAppend() throws IOException {
    for (Path file : files().filter(path -> path.startsWith(ROUTES.resolve("webhooks"))).toList()) {
      for (Map<String, Object> route : routes(file)) {
        assertThat(map(route.get("from")).get("uri")).isEqualTo("inbound");
        assertThat(steps(route).getLast()).containsEntry("uri", "event");
        assertThat(route).containsEntry("routeConfigurationId", "webhook-policy");
      }
    }
  }

  @Test
  void everySqlFileIsNamedByItsRouteAndIsThere() throws IOException {
    Set<Path> named = new TreeSet<>();
    for (Path file : files().toList()) {
      for (Map<String, Object> route : routes(file)) {
        for (Map<String, Object> step : steps(route)) {
          String query = String.valueOf(map(step.get("parameters")).get("query"));
          if (query.startsWith("file:")) {
            named.add(
                Path.of(query.substring(5).replace("{{serai.routes.dir}}", ROUTES.toString())));
          }
        }
      }
    }
    try (Stream<Path> all = Files.walk(ROUTES)) {
      assertThat(all.filter(file -> file.toString().endsWith(".sql")))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  private static List<Map<String, Object>> entries(Path file) throws IOException {
    List<Object> entries = new Yaml().load(Files.readString(file));
    return entries.stream().map(RouteStyleTest::map).toList();
  }

  private static List<Map<String, Object>> routes(Path file) throws IOException {
    return entries(file).stream()
        .filter(entry -> entry.containsKey("route"))
        .map(entry -> map(entry.get("route")))
        .toList();
  }

  /** The input and all steps, also those within steps. */
  private static List<Map<String, Object>> steps(Map<String, Object> route) {
    List<Map<String, Object>> found = new ArrayList<>();
    Map<String, Object> from = map(route.get("from"));
    found.add(from);
    collect(from.get("steps"), found);
    return found;
  }

  private static void collect(@Nullable Object steps, List<Map<String, Object>> found) {
    if (steps instanceof List<?> list) {
      for (Object step : list) {
        for (Object body : map(step).values()) {
          found.add(map(body));
          map(body).values().forEach(value -> collect(value, found));
        }
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> map(@Nullable Object value) {
    return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
