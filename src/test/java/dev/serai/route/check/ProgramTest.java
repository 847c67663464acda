package dev.serai.route.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Are the program's own files as {@code routes check} wants them, and Kaoto? */
@Execution(ExecutionMode.CONCURRENT)
class ProgramTest {

  private static final Pattern SQL_FILE =
      Pattern.compile("file:\\{\\{serai\\.routes\\.dir}}/([^\"\\s]+\\.sql)");

  private static final Path ROUTES = Path.of("routes").toAbsolutePath();

  @Test
  void theCheckFindsNothing() throws IOException {
    assertThat(new FilesCheck(ROUTES, new BuildSurroundings()).check(List.of())).isEmpty();
  }

  /** Kaoto reads with Camel's schema, which the check uses, and writes with Camel's names. */
  @ParameterizedTest
  @MethodSource("files")
  void aSaveByCamelsOwnWriterChangesNothingThatMatters(Path file) throws Exception {
    String model = CanonicalTest.model(Files.readString(file));

    assertThat(model).isNotEmpty();
    assertThat(CanonicalTest.model(model)).isEqualTo(model);
  }

  static List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(ROUTES)) {
      return all.filter(file -> file.toString().endsWith(".camel.yaml"))
          .filter(file -> !file.startsWith(ROUTES.resolve("policies")))
          .sorted()
          .toList();
    }
  }

  @Test
  void everySqlFileIsNamedByARouteAndIsThere() throws IOException {
    StringBuilder texts = new StringBuilder();
    try (Stream<Path> all = Files.walk(ROUTES)) {
      for (Path file : all.filter(file -> file.toString().endsWith(".yaml")).toList()) {
        texts.append(Files.readString(file));
      }
    }
    Set<String> named = new TreeSet<>();
    Matcher name = SQL_FILE.matcher(texts);
    while (name.find()) {
      named.add(name.group(1));
    }
    try (Stream<Path> all = Files.walk(ROUTES)) {
      assertThat(named)
          .isNotEmpty()
          .containsExactlyInAnyOrderElementsOf(
              all.filter(file -> file.toString().endsWith(".sql"))
                  .map(file -> ROUTES.relativize(file).toString())
                  .toList());
    }
  }

  @Test
  void cloudsMayHaveTheSameKameletAndAllOfThemNone() throws InvalidYamlException {
    String kamelet = "kind: Kamelet\nmetadata:\n  name: put\n";
    RouteDocument local = RouteDocument.parse("kamelets/local/put.kamelet.yaml", kamelet);
    RouteDocument gcp = RouteDocument.parse("kamelets/gcp/put.kamelet.yaml", kamelet);
    RouteDocument shared = RouteDocument.parse("kamelets/put.kamelet.yaml", kamelet);
    String taken = "The Kamelet 'put' is taken, by kamelets/local/put.kamelet.yaml";
    RouteCheck check = new RouteCheck(new BuildSurroundings());
    assertThat(check.check(List.of(gcp), List.of(local, gcp)))
        .noneMatch(finding -> finding.message().contains("taken"));
    assertThat(check.check(List.of(shared), List.of(local, shared)))
        .anyMatch(finding -> finding.message().startsWith(taken));
  }
}
